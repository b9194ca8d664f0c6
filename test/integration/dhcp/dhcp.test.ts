import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
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

/** One test's switch with everything on it; all of it goes when the test ends. */
function laid(clients: number, folder: string, onTestFinished: TestContext['onTestFinished']) {
  const network: TestNetwork = makeTestNetwork(`dhcp${(laidSoFar += 1)}`, { cidr: '10.66.0.1/24', clients });
  const running: ChildProcess[] = [];
  const servers: Served[] = [];
  onTestFinished(async () => {
    await Promise.all([...servers.map((server) => server.stop()), ...running.map(ended)]);
    network.remove();
  });
  const client = (index: number): string => network.clients[index] ?? '';
  const inside = (namespace: string, ...command: string[]): [string, ...string[]] => [...network.inside(namespace), ...command];
  return {
    server: network.server,
    client,
    inside,
    running,
    keep: (server: Served): Served => {
      servers.push(server);
      return server;
    },
    serve: async (change: Parameters<typeof serveInside>[1] = {}, namespace = network.server): Promise<Served> => {
      const server = await serveInside(network.inside(namespace), change);
      servers.push(server);
      return server;
    },
    udhcpc: (index: number, ...more: string[]): Promise<Ran> =>
      runInside(inside(client(index), 'busybox', 'udhcpc', '-i', 'phone0', '-f', '-q', '-n', '-t', '3', '-T', '2', '-s', '/bin/true', ...more)),
    rival: async (index: number, address: string): Promise<void> => {
      if (dnsmasq === null) return;
      ipInside(client(index), 'address', 'add', `${address}/24`, 'dev', 'phone0');
      const command = inside(client(index), dnsmasq.file, '--keep-in-foreground', '--conf-file=/dev/null', '--user=root', '--port=0', '--interface=phone0',
        '--dhcp-range=10.66.0.210,10.66.0.220,2m', '--no-ping', '--dhcp-authoritative', `--dhcp-leasefile=${join(folder, network.server)}`, '--pid-file=', '--log-facility=-');
      running.push(await runBeside(command, 'DHCP, IP range', dnsmasq.env));
    },
    /** Another program that holds a port without sharing it. */
    hold: async (port: number): Promise<void> => {
      const code = `require('dgram').createSocket('udp4').bind(${port}, () => console.log('held'))`;
      running.push(await runBeside(inside(network.server, process.execPath, '-e', code), 'held'));
    },
  };
}
let laidSoFar = 0;

// Side by side: nearly all of their time is the server's own listening before it speaks.
describe.skipIf(refused !== null)('real clients on a switch of their own', { concurrent: true }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'dialbench-dhcp-'));
  const script = join(folder, 'configure.sh');

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
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.skipIf(!has.busybox)('udhcpc is given a lease with 66, 150, 160, siaddr and sname in accord, and renews it by unicast', async ({ onTestFinished }) => {
    const wire = laid(1, folder, onTestFinished);
    const server = await wire.serve();
    expect(server.ready).toMatchObject({ state: 'listening', error: null, port: 67, address: '10.66.0.1' });
    const phone = spawn('ip', [...wire.inside(wire.client(0), 'busybox', 'udhcpc', '-i', 'phone0', '-f', '-s', script, '-V', PHONE, '-O', 'tftp', '-O', '150', '-O', '160').slice(1)]);
    wire.running.push(phone);
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

  it.skipIf(!has.dhclient)('dhclient is given the same, renews and releases', async ({ onTestFinished }) => {
    const wire = laid(1, folder, onTestFinished);
    const server = await wire.serve({ leaseSeconds: 8 });
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
    const [program, ...args] = wire.inside(wire.client(0), 'dhclient', '-d', ...options, 'phone0');
    wire.running.push(spawn(program, args, { stdio: 'ignore' }));
    await eventually(() => expect(server.observed.map(({ detail }) => detail?.['phase'])).toContain('renewing'));
    const kept = readFileSync(leases, 'utf8');
    expect(kept).toContain('option tftp-server-name "10.66.0.1";');
    expect(kept).toContain('option tftp150 10.66.0.1;');
    expect(kept).toContain(String.raw`option url160 "http://10.66.0.1/\$PSN.xml";`);
    expect(kept).toContain('option dhcp-server-identifier 10.66.0.1;');
    await runInside(wire.inside(wire.client(0), 'dhclient', '-r', ...options, 'phone0'));
    await eventually(() => expect(server.observed.map(({ asked }) => asked)).toContain('RELEASE'));
    await eventually(() => expect(server.status().figures).toMatchObject({ released: 1 }));
  });

  it.skipIf(!has.busybox)('a stranger’s PC gets no answer at all, and is shown', async ({ onTestFinished }) => {
    const wire = laid(1, folder, onTestFinished);
    const server = await wire.serve();
    const pc = await wire.udhcpc(0, '-V', 'MSFT 5.0');
    expect(pc.code).not.toBe(0);
    expect(pc.output).not.toContain('lease of');
    await eventually(() => expect(server.safety()?.ignored).toMatchObject([{ vendorClass: 'MSFT 5.0' }]));
    expect(server.observed.map(({ outcome }) => outcome)).toEqual([{ kind: 'ignored', code: 'dhcp.stranger' }]);
  });

  it.skipIf(!has.busybox)('leases survive a restart', async ({ onTestFinished }) => {
    const wire = laid(1, folder, onTestFinished);
    const leaseFile = join(folder, 'kept.json');
    const first = await wire.serve({ leaseFile });
    expect((await wire.udhcpc(0, '-V', PHONE, '-r', '10.66.0.177')).output).toContain('lease of 10.66.0.177 obtained');
    await first.stop();
    const second = await wire.serve({ leaseFile });
    expect(second.status().figures).toMatchObject({ leases: 1 });
    expect((await wire.udhcpc(0, '-V', PHONE)).output).toContain('lease of 10.66.0.177 obtained');
  });

  it.skipIf(!has.busybox)('a full pool is silence for the next phone, and said', async ({ onTestFinished }) => {
    const wire = laid(2, folder, onTestFinished);
    const server = await wire.serve({ from: '10.66.0.100', to: '10.66.0.100' });
    expect((await wire.udhcpc(0, '-V', PHONE)).code).toBe(0);
    expect((await wire.udhcpc(1, '-V', PHONE)).code).not.toBe(0);
    await eventually(() => expect(server.status()).toMatchObject({ state: 'degraded', error: { code: 'dhcp.pool-full', params: { size: 1 } } }));
  });

  it.skipIf(dnsmasq === null)('another DHCP server on the wire: refuses to start and names it', async ({ onTestFinished }) => {
    const wire = laid(1, folder, onTestFinished);
    await wire.rival(0, '10.66.0.254');
    const server = await wire.serve();
    expect(server.ready).toMatchObject({ state: 'failed', error: { code: 'dhcp.conflict', params: { others: '10.66.0.254' } }, port: null });
  });

  it.skipIf(dnsmasq === null || !has.busybox)('another DHCP server that comes later: stops and names it', async ({ onTestFinished }) => {
    const wire = laid(2, folder, onTestFinished);
    const server = await wire.serve();
    await wire.rival(0, '10.66.0.254');
    // A PC that this bench does not answer: the rival's broadcast to it is overheard.
    await wire.udhcpc(1, '-B', '-V', 'MSFT 5.0');
    await eventually(() => expect(server.status()).toMatchObject({ state: 'stopped', error: { code: 'dhcp.conflict', params: { others: '10.66.0.254' } } }));
    expect((await runInside(wire.inside(wire.server, 'ss', '-ulnH'))).output).not.toContain(':67 ');
  });

  it('a second bench on the wire refuses to start, although it answers phones only', async ({ onTestFinished }) => {
    const wire = laid(1, folder, onTestFinished);
    await wire.serve();
    ipInside(wire.client(0), 'address', 'add', '10.66.0.9/24', 'dev', 'phone0');
    const second = await wire.serve({ address: '10.66.0.9', card: 'phone0' }, wire.client(0));
    expect(second.ready).toMatchObject({ state: 'failed', error: { code: 'dhcp.conflict', params: { others: '10.66.0.1' } } });
  });

  it('a second bench on the same computer refuses to start too', async ({ onTestFinished }) => {
    const wire = laid(1, folder, onTestFinished);
    await wire.serve();
    const second = await wire.serve();
    expect(second.ready).toMatchObject({ state: 'failed', error: { code: 'dhcp.conflict', params: { others: '10.66.0.1' } } });
  });

  it('port 68 in other hands: deaf, and does not start', async ({ onTestFinished }) => {
    const wire = laid(1, folder, onTestFinished);
    await wire.hold(68);
    expect((await wire.serve()).ready).toMatchObject({ state: 'failed', error: { code: 'dhcp.deaf' } });
  });

  it('port 67 in other hands: failed with the reason', async ({ onTestFinished }) => {
    const wire = laid(1, folder, onTestFinished);
    await wire.hold(67);
    expect((await wire.serve()).ready).toMatchObject({ state: 'failed', error: { code: 'server.port-taken-unknown', params: { port: 67 } } });
  });

  it('the card is deleted while it serves: failed by name, back by itself when the card is back', async ({ onTestFinished }) => {
    const wire = laid(1, folder, onTestFinished);
    const server = await wire.serve();
    ipInside(wire.server, 'link', 'delete', 'bench0');
    await eventually(() => expect(server.status()).toMatchObject({ state: 'failed', error: { code: 'server.address-missing', params: { address: '10.66.0.1' } } }));
    ipInside(wire.server, 'link', 'add', 'bench0', 'type', 'bridge');
    ipInside(wire.server, 'address', 'add', '10.66.0.1/24', 'dev', 'bench0');
    ipInside(wire.server, 'link', 'set', 'bench0', 'up');
    await eventually(() => expect(server.status().state).toBe('listening'));
  });

  it.skipIf(dnsmasq === null || !has.busybox)('a phone behind a relay gets its lease through it', async ({ onTestFinished }) => {
    const wire = laid(2, folder, onTestFinished);
    // The second namespace becomes the relay: one leg on the bench's switch, one on a wire of its own to the phone.
    const relay = wire.client(1);
    const far = `${relay}-far`;
    await runInside(['ip', 'netns', 'add', far]);
    try {
      ipInside(relay, 'address', 'add', '10.66.0.2/24', 'dev', 'phone0');
      ipInside(relay, 'link', 'add', 'down0', 'type', 'veth', 'peer', 'name', 'phone0', 'netns', far);
      ipInside(relay, 'address', 'add', '10.66.0.66/32', 'dev', 'down0');
      ipInside(relay, 'link', 'set', 'down0', 'up');
      ipInside(far, 'link', 'set', 'phone0', 'up');
      const server = await wire.serve();
      const command = wire.inside(relay, dnsmasq?.file ?? '', '--keep-in-foreground', '--conf-file=/dev/null', '--user=root', '--port=0', '--interface=down0', '--interface=phone0',
        '--dhcp-relay=10.66.0.66,10.66.0.1', '--pid-file=', '--log-facility=-');
      wire.running.push(await runBeside(command, 'DHCP relay', dnsmasq?.env));
      const got = await runInside(['ip', 'netns', 'exec', far, 'busybox', 'udhcpc', '-i', 'phone0', '-f', '-q', '-n', '-t', '3', '-T', '2', '-V', PHONE, '-s', '/bin/true']);
      expect(got.output).toMatch(/lease of 10\.66\.0\.\d{3} obtained from 10\.66\.0\.1/);
      expect(server.observed[0]?.detail).toMatchObject({ relay: '10.66.0.66' });
    } finally {
      await runInside(['ip', 'netns', 'delete', far]);
    }
  });

  it.skipIf(!has.busybox)('a phone on another card of this computer gets nothing and leaves no trace', async ({ onTestFinished }) => {
    const wire = laid(2, folder, onTestFinished);
    ipInside(wire.server, 'link', 'set', 'port1', 'nomaster');
    ipInside(wire.server, 'address', 'add', '10.77.0.1/24', 'dev', 'port1');
    const server = await wire.serve();
    expect((await wire.udhcpc(1, '-V', PHONE)).code).not.toBe(0);
    expect(server.observed).toEqual([]);
    expect((await wire.udhcpc(0, '-V', PHONE)).output).toContain('lease of');
    expect(server.observed.map(({ asked, outcome }) => `${asked} ${outcome.kind === 'answered' ? outcome.answer : outcome.kind}`)).toEqual(['DISCOVER OFFER', 'REQUEST ACK']);
  });

  it.skipIf(!has.perl || !has.busybox)('serves on an inherited socket that is bound to the card', async ({ onTestFinished }) => {
    const wire = laid(1, folder, onTestFinished);
    // What systemd's BindToDevice= and LISTEN_FDS give: SO_BINDTODEVICE = 25, SO_REUSEADDR = 2, SO_BROADCAST = 6 of SOL_SOCKET = 1.
    const open = `use Socket; $^F = 9; socket(my $s, PF_INET, SOCK_DGRAM, 17) or die $!; setsockopt($s, 1, 25, "bench0\\0") or die $!;
      setsockopt($s, 1, 2, pack("i", 1)); setsockopt($s, 1, 6, pack("i", 1)); bind($s, sockaddr_in(67, INADDR_ANY)) or die $!;
      use POSIX; POSIX::dup2(fileno($s), 9); exec @ARGV or die $!;`;
    const server = wire.keep(await serveInside([...wire.inside(wire.server), 'perl', '-e', open], { inheritedFd: 9 }));
    expect(server.ready.state).toBe('listening');
    expect((await wire.udhcpc(0, '-V', PHONE)).output).toContain('lease of');
  });

  it.skipIf(!has.tshark || !has.busybox)('Wireshark finds nothing wrong with any packet of a probe, an exchange, a NAK and an INFORM', async ({ onTestFinished }) => {
    const wire = laid(1, folder, onTestFinished);
    const capture = join(folder, 'capture.pcap');
    wire.running.push(await runBeside(wire.inside(wire.server, 'tcpdump', '-i', 'bench0', '--immediate-mode', '-U', '-w', capture, 'udp'), 'listening on'));
    await wire.serve();
    expect((await wire.udhcpc(0, '-V', PHONE)).code).toBe(0);
    const code = `const s = require('dgram').createSocket('udp4'); const b = Buffer.alloc(300); b[0] = 1; b[1] = 1; b[2] = 6; b.write('00562b000001', 28, 'hex');
      b.write('63825363', 236, 'hex'); const o = (hex) => { b.fill(0, 240); b.write(hex + '3c05' + Buffer.from('-3PCC').toString('hex') + 'ff', 240, 'hex'); };
      s.bind(68, '10.66.0.50', () => { s.setBroadcast(true); o('350103320c0a420001'.slice(0, 6) + '32040a420007'); s.send(b, 67, '255.255.255.255', () => {
        o('350108'); b.write('0a420032', 12, 'hex'); s.send(b, 67, '10.66.0.1', () => setTimeout(() => process.exit(0), 500)); }); });`;
    ipInside(wire.client(0), 'address', 'replace', '10.66.0.50/24', 'dev', 'phone0');
    await runInside(wire.inside(wire.client(0), process.execPath, '-e', code));
    await wait(300);
    await Promise.all(wire.running.splice(0).map(ended));
    const read = (filter: string, field: string): Promise<Ran> => runInside(['tshark', '-r', capture, '-Y', filter, '-T', 'fields', '-e', field]);
    const types = (await read('dhcp && ip.src == 10.66.0.1', 'dhcp.option.dhcp')).output.trim().split('\n').filter((line) => /^\d+$/.test(line));
    expect(new Set(types)).toEqual(new Set(['1', '2', '5', '6']));
    const wrong = await read('ip.src == 10.66.0.1 && (_ws.malformed || _ws.expert.severity == "Error" || udp.checksum.status == "Bad")', 'frame.number');
    expect(wrong.output.split('\n').filter((line) => /^\d+$/.test(line))).toEqual([]);
  });
});
