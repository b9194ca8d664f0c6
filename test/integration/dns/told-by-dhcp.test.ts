import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dialbench, startBench, temporaryFolder, type BenchProcess } from '../../support/bench-process.ts';
import { hasProgram, ipInside, runBeside, runInside, type Ran } from '../../support/dhcp/in-namespace.ts';
import { eventually } from '../../support/eventually.ts';
import { makeTestNetwork, namespacesRefused, type TestNetwork } from '../../support/network/namespace.ts';

const refused = namespacesRefused() ?? (hasProgram('dhclient') ? null : 'dhclient is not on this machine');
if (refused !== null) console.warn(`skipped: names and time as a client is told them by DHCP, ${refused}`);
const has = { rdate: hasProgram('rdate'), chronyd: hasProgram('chronyd'), busybox: hasProgram('busybox'), dig: hasProgram('dig') };

const MAC = '00562b000b01';
const CLIENT_CONF = `send vendor-class-identifier "Cisco Systems, Inc. IP Phone CP-8841-3PCC";
request subnet-mask, domain-name-servers, domain-name, ntp-servers, tftp-server-name;
`;
/** What a client makes of its lease: address, resolver, and a note of what it was told. */
const SCRIPT = `#!/bin/sh
case "$reason" in BOUND|RENEW|REBIND|REBOOT)
  ip address replace "$new_ip_address/24" dev "$interface"
  printf 'search %s\\nnameserver %s\\n' "$new_domain_name" "$new_domain_name_servers" > /etc/resolv.conf
  echo "told dns=$new_domain_name_servers ntp=$new_ntp_servers domain=$new_domain_name" ;;
esac
`;

describe.skipIf(refused !== null)('a client on the whole bench', { timeout: 180_000 }, () => {
  let network: TestNetwork;
  let bench: BenchProcess;
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let phone = '';
  let ownEtc = '';
  let lease: Ran;
  const inside = (...command: string[]): Promise<Ran> => runInside([...network.inside(phone), ...command]);

  beforeAll(async () => {
    folder = await temporaryFolder();
    network = makeTestNetwork('dns-told', { cidr: '10.66.0.1/24', clients: 1 });
    phone = network.clients[0] ?? '';
    ipInside(phone, 'link', 'set', 'phone0', 'down');
    ipInside(phone, 'link', 'set', 'phone0', 'address', MAC.replaceAll(/(..)(?!$)/g, '$1:'));
    ipInside(phone, 'link', 'set', 'phone0', 'up');
    // `ip netns exec` lays these files over /etc inside the namespace: the resolver of the machine is not touched.
    ownEtc = `/etc/netns/${phone}`;
    mkdirSync(ownEtc, { recursive: true });
    writeFileSync(join(ownEtc, 'resolv.conf'), '');
    writeFileSync(join(ownEtc, 'nsswitch.conf'), 'hosts: dns\n');
    writeFileSync(join(folder.path, 'dhclient.conf'), CLIENT_CONF);
    writeFileSync(join(folder.path, 'script.sh'), SCRIPT);
    chmodSync(join(folder.path, 'script.sh'), 0o755);
    writeFileSync(join(folder.path, 'list.csv'), `mac,model\n${MAC},CP-8841-3PCC\n`);
    expect((await dialbench('phones', '--data', folder.path, 'import', join(folder.path, 'list.csv'))).code).toBe(0);
    const flags = ['--data', folder.path, '--ui', 'off', '--dhcp', 'bench0', '--dhcp-pool', '10.66.0.100-10.66.0.200'];
    bench = await startBench(flags, network.inside(network.server));
    lease = await inside(
      'dhclient', '-4', '-1', '-v', '-cf', join(folder.path, 'dhclient.conf'), '-lf', join(folder.path, 'leases'), '-pf', join(folder.path, 'dhclient.pid'),
      '-sf', join(folder.path, 'script.sh'), 'phone0',
    );
  });
  afterAll(async () => {
    if (existsSync(join(folder.path, 'dhclient.pid'))) process.kill(Number(readFileSync(join(folder.path, 'dhclient.pid'), 'utf8')), 'SIGTERM');
    await bench.stop();
    network.remove();
    rmSync(ownEtc, { recursive: true, force: true });
    await folder.remove();
  });

  it('stands on the real ports of the card', () => {
    expect(bench.servers).toMatchObject({
      dns: { state: 'listening', address: '10.66.0.1', port: 53, error: null },
      sntp: { state: 'listening', address: '10.66.0.1', port: 123, error: null },
    });
  });

  it('is told name server, domain and time server by DHCP', () => {
    expect(lease.output).toContain('told dns=10.66.0.1 ntp=10.66.0.1 domain=bench.internal');
  });

  it('finds the bench by its name, through the resolver of the system', async () => {
    expect((await inside('getent', 'ahostsv4', 'bench.internal')).output).toMatch(/^10\.66\.0\.1\s/);
    expect((await inside('getent', 'hosts', 'bench.internal')).output).toMatch(/^10\.66\.0\.1\s+bench\.internal/);
    // The domain that DHCP told completes a short name.
    expect((await inside('getent', 'ahostsv4', 'ns')).output).toMatch(/^10\.66\.0\.1\s/);
    expect((await inside('getent', 'hosts', '10.66.0.1')).output).toContain('bench.internal');
    expect((await inside('getent', 'ahostsv4', 'activate.cisco.com')).code).not.toBe(0);
  });

  it.skipIf(!has.busybox)('busybox nslookup finds it too, and is told that there is no IPv6', async () => {
    const { output, code } = await inside('busybox', 'nslookup', 'bench.internal', '10.66.0.1');
    expect(output).toMatch(/Name:\s+bench\.internal\s+Address: 10\.66\.0\.1/);
    expect(output).not.toMatch(/can't find|NXDOMAIN|timed out/i);
    expect(code).toBe(0);
  });

  it.skipIf(!has.dig)('finds the service that listens, with its port, and none that does not', async () => {
    const service = async (name: string): Promise<string> => (await inside('dig', '+short', name, 'SRV')).output.trim();
    expect(await service('_ciscoprov-http._tcp.bench.internal')).toBe('10 10 80 bench.internal.');
    expect(bench.servers.https.state === 'listening').toBe((await service('_ciscoprov-https._tls.bench.internal')) !== '');
  });

  it.skipIf(!has.rdate)('gets this computer\'s time from the bench by rdate, to the second that rdate prints', async () => {
    const began = Date.now();
    const { output, code } = await inside('rdate', '-n', '-p', '-u', '10.66.0.1');
    expect(code, output).toBe(0);
    const said = Date.parse(`${output.trim().replace(/^\w{3} (\w{3}) +(\d+) ([\d:]+) \w+ (\d{4})$/, '$2 $1 $4 $3')} UTC`);
    // The clock is the same one: what it said lies within the call, but for the part of a second that is not printed.
    expect(said, output).toBeGreaterThan(began - 1000);
    expect(said, output).toBeLessThanOrEqual(Date.now());
  });

  it.skipIf(!has.chronyd)('chronyd takes its time for good', async () => {
    const { output } = await runInside([...network.inside(phone), 'chronyd', '-Q', '-t', '10', 'server 10.66.0.1 iburst', `pidfile ${join(folder.path, 'chronyd.pid')}`, 'cmdport 0'], 20_000);
    expect(output).toMatch(/System clock wrong by -?0\.\d+ seconds \(ignored\)/);
  });

  it('its phone has it all on its timeline: what it looked for, and that there is no internet here', async () => {
    await eventually(async () => {
      const { stdout } = await dialbench('events', '--data', folder.path, '--json', '--phone', MAC);
      expect(stdout).toMatch(/"code":"dns\.activation"/);
      expect(stdout).toMatch(/activate\.cisco\.com/);
      expect(stdout).toMatch(/"server":"sntp"/);
    });
  });

  it('a port that another program holds is told with its name, and the others still start', async () => {
    await bench.stop();
    const code = "require('dgram').createSocket('udp4').bind(53, '10.66.0.1', () => console.log('held'))";
    const holder = await runBeside([...network.inside(network.server), process.execPath, '-e', code], 'held');
    // Its like on another address is in nobody's way.
    const other = await runBeside([...network.inside(network.server), process.execPath, '-e', code.replace('10.66.0.1', '127.0.0.53')], 'held');
    bench = await startBench(['--data', folder.path, '--ui', 'off', '--dhcp', 'bench0'], network.inside(network.server));
    expect(bench.servers.dns).toMatchObject({ state: 'failed', error: { code: 'server.port-taken', sentence: expect.stringContaining(`(pid ${holder.pid}) holds port 53`) as string } });
    expect(bench.servers).toMatchObject({ sntp: { state: 'listening' }, tftp: { state: 'listening' }, http: { state: 'listening' }, dhcp: { state: 'listening' } });
    for (const child of [holder, other]) child.kill('SIGKILL');
  });
});
