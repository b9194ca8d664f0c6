import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findPeer } from '../../bench/peers.ts';
import { ended, hasProgram, ipInside, runBeside, runInside, serveInside, type Ran, type Served } from '../../support/dhcp/in-namespace.ts';
import { eventually } from '../../support/eventually.ts';
import { makeTestNetwork, namespacesRefused, type TestNetwork } from '../../support/network/namespace.ts';

const refused = namespacesRefused();
if (refused !== null) console.warn(`skipped: DHCP with real clients, ${refused}`);
const dnsmasq = findPeer('dnsmasq');
if (dnsmasq === null) console.warn('skipped: a second DHCP server and a relay, dnsmasq is not on this machine');
const has = {
  busybox: hasProgram('busybox'),
  dhclient: hasProgram('dhclient'),
  tshark: hasProgram('tshark') && hasProgram('tcpdump'),
  perl: hasProgram('perl'),
};
const PHONE = 'Cisco Systems, Inc. IP Phone CP-8841-3PCC';

describe.skipIf(refused !== null)('real clients on a switch of their own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dialbench-dhcp-'));
  const script = join(folder, 'configure.sh');
  let network: TestNetwork;
  const running: ChildProcess[] = [];
  const servers: Served[] = [];

  beforeAll(() => {
    // Both clients call it: udhcpc with the event in $1 and $ip, dhclient with $reason and $new_ip_address.
    writeFileSync(
      script,
      `#!/bin/sh
address=\${ip:-$new_ip_address}
case "$1$reason" in
  bound|renew|BOUND|RENEW|REBIND|REBOOT) ip address replace "$address/24" dev "$interface" ;;
esac
echo "EVENT=$1$reason"; env | grep -i -E '^(ip|serverid|lease|tftp|opt150|opt160|siaddr|sname|router|domain|new_)' || true
`,
    );
    chmodSync(script, 0o755);
  });

  afterEach(async () => {
    await Promise.all([...servers.splice(0).map((server) => server.stop()), ...running.splice(0).map(ended)]);
    network.remove();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const lay = (clients: number): TestNetwork => (network = makeTestNetwork('dhcp', { cidr: '10.66.0.1/24', clients }));
  const inside = (namespace: string, ...command: string[]): [string, ...string[]] => [...network.inside(namespace), ...command];
  const client = (index: number): string => network.clients[index] ?? '';
  const serve = async (change: Parameters<typeof serveInside>[1] = {}, namespace = network.server): Promise<Served> => {
    const server = await serveInside(network.inside(namespace), change);
    servers.push(server);
    return server;
  };
  const udhcpc = (index: number, ...more: string[]): Promise<Ran> =>
    runInside(
      inside(client(index), 'busybox', 'udhcpc', '-i', 'phone0', '-f', '-q', '-n', '-t', '2', '-T', '1', '-s', script, '-O', 'tftp', '-O', '150', '-O', '160', ...more),
    );
  const rival = async (namespace: string, address: string): Promise<void> => {
    if (dnsmasq === null) return;
    ipInside(namespace, 'address', 'add', `${address}/24`, 'dev', 'phone0');
    const command = inside(namespace, dnsmasq.file, '--keep-in-foreground', '--conf-file=/dev/null', '--user=root', '--port=0', '--interface=phone0',
      '--dhcp-range=10.66.0.210,10.66.0.220,2m', '--no-ping', '--dhcp-authoritative', `--dhcp-leasefile=${join(folder, 'rival')}`, '--pid-file=', '--log-facility=-');
    running.push(await runBeside(command, 'DHCP, IP range', dnsmasq.env));
  };
  /** Another program that holds a port without sharing it. */
  const hold = async (namespace: string, port: number): Promise<void> => {
    const code = `require('dgram').createSocket('udp4').bind(${port}, () => console.log('held'))`;
    running.push(await runBeside(inside(namespace, process.execPath, '-e', code), 'held'));
  };

  it.skipIf(!has.busybox)('udhcpc is given a lease with 66, 150, 160, siaddr and sname in accord, and renews it by unicast', async () => {
    lay(1);
    const server = await serve();
    expect(server.ready).toMatchObject({ state: 'listening', error: null, port: 67, address: '10.66.0.1' });
    const phone = spawn('ip', [...inside(client(0), 'busybox', 'udhcpc', '-i', 'phone0', '-f', '-s', script, '-V', PHONE, '-O', 'tftp', '-O', '150', '-O', '160').slice(1)]);
    running.push(phone);
    let output = '';
    phone.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await eventually(() => expect(output).toContain('EVENT=bound'));
    // It would not renew within two minutes by itself, however short the lease is.
    phone.kill('SIGUSR1');
    await eventually(() => expect(output).toContain('EVENT=renew'));
    for (const line of ['tftp=10.66.0.1', 'opt150=0a420001', 'siaddr=10.66.0.1', 'sname=10.66.0.1', 'serverid=10.66.0.1', 'router=10.66.0.1', 'lease=600', 'domain=bench.internal']) {
      expect(output).toContain(`${line}\n`);
    }
    expect(output).toContain(`opt160=${Buffer.from('http://10.66.0.1/$PSN.xml').toString('hex')}\n`);
    expect(server.observed.map(({ asked, outcome }) => `${asked} ${outcome.kind === 'answered' ? outcome.answer : outcome.kind}`).slice(0, 3)).toEqual([
      'DISCOVER OFFER',
      'REQUEST ACK',
      'REQUEST ACK',
    ]);
    expect(server.observed[0]?.facts.vendorClass).toBe(PHONE);
    expect(server.observed.find(({ detail }) => detail?.['phase'] === 'renewing')?.peer.address).toMatch(/^10\.66\.0\.\d{3}$/);
  });

  it.skipIf(!has.dhclient)('dhclient is given the same, renews and releases', async () => {
    lay(1);
    const server = await serve({ leaseSeconds: 8 });
    const conf = join(folder, 'dhclient.conf');
    const leases = join(folder, 'dhclient.leases');
    writeFileSync(leases, '');
    writeFileSync(
      conf,
      `option tftp150 code 150 = array of ip-address;
option url160 code 160 = text;
send vendor-class-identifier "${PHONE}";
request subnet-mask, routers, domain-name-servers, tftp-server-name, tftp150, url160;
`,
    );
    const options = ['-4', '-cf', conf, '-lf', leases, '-pf', join(folder, 'dhclient.pid'), '-sf', script];
    const [program, ...args] = inside(client(0), 'dhclient', '-d', ...options, 'phone0');
    running.push(spawn(program, args, { stdio: 'ignore' }));
    await eventually(() => expect(server.observed.map(({ detail }) => detail?.['phase'])).toContain('renewing'), 15_000);
    const kept = readFileSync(leases, 'utf8');
    expect(kept).toContain('option tftp-server-name "10.66.0.1";');
    expect(kept).toContain('option tftp150 10.66.0.1;');
    expect(kept).toContain(String.raw`option url160 "http://10.66.0.1/\$PSN.xml";`);
    expect(kept).toContain('option dhcp-server-identifier 10.66.0.1;');
    await runInside(inside(client(0), 'dhclient', '-r', ...options, 'phone0'));
    await eventually(() => expect(server.observed.map(({ asked }) => asked)).toContain('RELEASE'));
    await eventually(() => expect(server.status().figures).toMatchObject({ released: 1 }));
  });

  it.skipIf(!has.busybox)('a stranger’s PC gets no answer at all, and is shown', async () => {
    lay(1);
    const server = await serve();
    const pc = await udhcpc(0, '-V', 'MSFT 5.0');
    expect(pc.code).not.toBe(0);
    expect(pc.output).not.toContain('lease of');
    await eventually(() => expect(server.safety()?.ignored).toMatchObject([{ vendorClass: 'MSFT 5.0' }]));
    expect(server.observed.map(({ outcome }) => outcome)).toEqual([{ kind: 'ignored', code: 'dhcp.stranger' }]);
  });

  it.skipIf(!has.busybox)('leases survive a restart', async () => {
    lay(1);
    const leaseFile = join(folder, 'kept.json');
    const first = await serve({ leaseFile });
    expect((await udhcpc(0, '-V', PHONE, '-r', '10.66.0.177')).output).toContain('lease of 10.66.0.177 obtained');
    await first.stop();
    const second = await serve({ leaseFile });
    expect(second.status().figures).toMatchObject({ leases: 1 });
    expect((await udhcpc(0, '-V', PHONE)).output).toContain('lease of 10.66.0.177 obtained');
  });

  it.skipIf(!has.busybox)('a full pool is silence for the next phone, and said', async () => {
    lay(2);
    const server = await serve({ from: '10.66.0.100', to: '10.66.0.100' });
    expect((await udhcpc(0, '-V', PHONE)).code).toBe(0);
    expect((await udhcpc(1, '-V', PHONE)).code).not.toBe(0);
    await eventually(() => expect(server.status()).toMatchObject({ state: 'degraded', error: { code: 'dhcp.pool-full', params: { size: 1 } } }));
  });

  it.skipIf(dnsmasq === null)('another DHCP server on the wire: refuses to start and names it', async () => {
    lay(1);
    await rival(client(0), '10.66.0.254');
    const server = await serve();
    expect(server.ready).toMatchObject({ state: 'failed', error: { code: 'dhcp.conflict', params: { others: '10.66.0.254' } }, port: null });
  });

  it.skipIf(dnsmasq === null || !has.busybox)('another DHCP server that comes later: stops and names it', async () => {
    lay(2);
    const server = await serve();
    await rival(client(0), '10.66.0.254');
    // A PC that this bench does not answer: the rival's broadcast to it is overheard.
    await udhcpc(1, '-B', '-V', 'MSFT 5.0');
    await eventually(() => expect(server.status()).toMatchObject({ state: 'stopped', error: { code: 'dhcp.conflict', params: { others: '10.66.0.254' } } }));
    expect((await runInside(inside(network.server, 'ss', '-ulnH'))).output).not.toContain(':67 ');
  });

  it('a second bench on the wire refuses to start, although it answers phones only', async () => {
    lay(1);
    await serve();
    ipInside(client(0), 'address', 'add', '10.66.0.9/24', 'dev', 'phone0');
    const second = await serve({ address: '10.66.0.9', card: 'phone0' }, client(0));
    expect(second.ready).toMatchObject({ state: 'failed', error: { code: 'dhcp.conflict', params: { others: '10.66.0.1' } } });
  });

  it('a second bench on the same computer refuses to start too', async () => {
    lay(1);
    await serve();
    const second = await serve();
    expect(second.ready).toMatchObject({ state: 'failed', error: { code: 'dhcp.conflict', params: { others: '10.66.0.1' } } });
  });

  it('port 68 in other hands: deaf, and does not start', async () => {
    lay(1);
    await hold(network.server, 68);
    expect((await serve()).ready).toMatchObject({ state: 'failed', error: { code: 'dhcp.deaf' } });
  });

  it('port 67 in other hands: failed with the reason', async () => {
    lay(1);
    await hold(network.server, 67);
    expect((await serve()).ready).toMatchObject({ state: 'failed', error: { code: 'server.port-taken-unknown', params: { port: 67 } } });
  });

  it('the card is deleted while it serves: failed by name, back by itself when the card is back', async () => {
    lay(1);
    const server = await serve();
    ipInside(network.server, 'link', 'delete', 'bench0');
    await eventually(() => expect(server.status()).toMatchObject({ state: 'failed', error: { code: 'server.address-missing', params: { address: '10.66.0.1' } } }));
    ipInside(network.server, 'link', 'add', 'bench0', 'type', 'bridge');
    ipInside(network.server, 'address', 'add', '10.66.0.1/24', 'dev', 'bench0');
    ipInside(network.server, 'link', 'set', 'bench0', 'up');
    await eventually(() => expect(server.status().state).toBe('listening'), 12_000);
  });

  it.skipIf(dnsmasq === null || !has.busybox)('a phone behind a relay gets its lease through it', async () => {
    lay(2);
    // The second namespace becomes the relay: one leg on the bench's switch, one on a wire of its own to the phone.
    const relay = client(1);
    const far = `${relay}-far`;
    await runInside(['ip', 'netns', 'add', far]);
    try {
      ipInside(relay, 'address', 'add', '10.66.0.2/24', 'dev', 'phone0');
      ipInside(relay, 'link', 'add', 'down0', 'type', 'veth', 'peer', 'name', 'phone0', 'netns', far);
      ipInside(relay, 'address', 'add', '10.66.0.66/32', 'dev', 'down0');
      ipInside(relay, 'link', 'set', 'down0', 'up');
      ipInside(far, 'link', 'set', 'phone0', 'up');
      const server = await serve();
      const command = inside(relay, dnsmasq?.file ?? '', '--keep-in-foreground', '--conf-file=/dev/null', '--user=root', '--port=0', '--interface=down0', '--interface=phone0',
        '--dhcp-relay=10.66.0.66,10.66.0.1', '--pid-file=', '--log-facility=-');
      running.push(await runBeside(command, 'DHCP relay', dnsmasq?.env));
      const got = await runInside(['ip', 'netns', 'exec', far, 'busybox', 'udhcpc', '-i', 'phone0', '-f', '-q', '-n', '-t', '3', '-T', '2', '-V', PHONE, '-s', '/bin/true']);
      expect(got.output).toMatch(/lease of 10\.66\.0\.\d{3} obtained from 10\.66\.0\.1/);
      expect(server.observed[0]?.detail).toMatchObject({ relay: '10.66.0.66' });
    } finally {
      await runInside(['ip', 'netns', 'delete', far]);
    }
  });

  it.skipIf(!has.busybox)('a phone on another card of this computer gets nothing and leaves no trace', async () => {
    lay(2);
    ipInside(network.server, 'link', 'set', 'port1', 'nomaster');
    ipInside(network.server, 'address', 'add', '10.77.0.1/24', 'dev', 'port1');
    const server = await serve();
    expect((await udhcpc(1, '-V', PHONE)).code).not.toBe(0);
    expect(server.observed).toEqual([]);
    expect((await udhcpc(0, '-V', PHONE)).output).toContain('lease of');
    expect(server.observed.map(({ asked, outcome }) => `${asked} ${outcome.kind === 'answered' ? outcome.answer : outcome.kind}`)).toEqual(['DISCOVER OFFER', 'REQUEST ACK']);
  });

  it.skipIf(!has.perl || !has.busybox)('serves on an inherited socket that is bound to the card', async () => {
    lay(1);
    // What systemd's BindToDevice= and LISTEN_FDS give: SO_BINDTODEVICE = 25, SO_REUSEADDR = 2, SO_BROADCAST = 6 of SOL_SOCKET = 1.
    const open = `use Socket; $^F = 9; socket(my $s, PF_INET, SOCK_DGRAM, 17) or die $!; setsockopt($s, 1, 25, "bench0\\0") or die $!;
      setsockopt($s, 1, 2, pack("i", 1)); setsockopt($s, 1, 6, pack("i", 1)); bind($s, sockaddr_in(67, INADDR_ANY)) or die $!;
      use POSIX; POSIX::dup2(fileno($s), 9); exec @ARGV or die $!;`;
    const server = await serveInside([...network.inside(network.server), 'perl', '-e', open], { inheritedFd: 9 });
    servers.push(server);
    expect(server.ready.state).toBe('listening');
    expect((await udhcpc(0, '-V', PHONE)).output).toContain('lease of');
  });

  it.skipIf(!has.tshark || !has.busybox)('Wireshark finds nothing wrong with any packet of a probe, an exchange, a NAK and an INFORM', async () => {
    lay(1);
    const capture = join(folder, 'capture.pcap');
    running.push(await runBeside(inside(network.server, 'tcpdump', '-i', 'bench0', '--immediate-mode', '-U', '-w', capture, 'udp'), 'listening on'));
    await serve();
    expect((await udhcpc(0, '-V', PHONE)).code).toBe(0);
    const code = `const s = require('dgram').createSocket('udp4'); const b = Buffer.alloc(300); b[0] = 1; b[1] = 1; b[2] = 6; b.write('00562b000001', 28, 'hex');
      b.write('63825363', 236, 'hex'); const o = (hex) => { b.fill(0, 240); b.write(hex + '3c05' + Buffer.from('-3PCC').toString('hex') + 'ff', 240, 'hex'); };
      s.bind(68, '10.66.0.50', () => { s.setBroadcast(true); o('350103320c0a420001'.slice(0, 6) + '32040a420007'); s.send(b, 67, '255.255.255.255', () => {
        o('350108'); b.write('0a420032', 12, 'hex'); s.send(b, 67, '10.66.0.1', () => setTimeout(() => process.exit(0), 500)); }); });`;
    ipInside(client(0), 'address', 'replace', '10.66.0.50/24', 'dev', 'phone0');
    await runInside(inside(client(0), process.execPath, '-e', code));
    await wait(300);
    await Promise.all(running.splice(0).map(ended));
    const read = (filter: string, field: string): Promise<Ran> => runInside(['tshark', '-r', capture, '-Y', filter, '-T', 'fields', '-e', field]);
    const types = (await read('dhcp && ip.src == 10.66.0.1', 'dhcp.option.dhcp')).output.trim().split('\n').filter((line) => /^\d+$/.test(line));
    expect(new Set(types)).toEqual(new Set(['1', '2', '5', '6']));
    const wrong = await read('ip.src == 10.66.0.1 && (_ws.malformed || _ws.expert.severity == "Error" || udp.checksum.status == "Bad")', 'frame.number');
    expect(wrong.output.split('\n').filter((line) => /^\d+$/.test(line))).toEqual([]);
  });
});
