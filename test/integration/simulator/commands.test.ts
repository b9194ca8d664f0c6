import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { phoneCommand } from '../../../main/cli/phone.ts';
import { probeCommand } from '../../../main/cli/probe.ts';
import { quietPort } from '../../support/ports.ts';
import { afterwards } from '../../support/afterwards.ts';
import { openTinyBench, until } from '../../support/simulator/plug-in.ts';
import { profileOf } from '../../support/simulator/tiny-bench.ts';
import type { TinyBench } from '../../support/simulator/tiny-bench.ts';
import { tinyLoad } from '../../support/simulator/tiny-load.ts';
import { startTinyDhcp } from '../../support/simulator/tiny-dhcp.ts';

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function run(command: typeof phoneCommand, args: readonly string[], signal = new AbortController().signal): Promise<Run> {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const code = await command(args, { stdout, stderr, signal });
  stdout.end();
  stderr.end();
  return { code, out: await text(stdout), err: await text(stderr) };
}

function at(tiny: TinyBench): string[] {
  return ['--server', '127.0.0.1', '--tftp-port', String(tiny.tftp.port), '--http-port', String(tiny.http.port), '--syslog-port', String(tiny.syslog.port)];
}

describe('dialbench phone', () => {
  it('is 0 when every phone took its profile, and tells each on stdout', async () => {
    const tiny = await openTinyBench({ tftp: () => profileOf({ GPP_A: '1' }) });
    const { code, out, err } = await run(phoneCommand, [...at(tiny), '--count', '3', '--pace', '1000']);
    expect(code).toBe(0);
    expect(out.trim().split('\n')).toHaveLength(3);
    expect(out).toMatch(/took its profile, \d+ bytes, 1 parameters/);
    expect(err).toContain('3 of 3 virtual phones took their profile.');
  });

  it('is 1 when one got nothing, and says why', async () => {
    const tiny = await openTinyBench({});
    const { code, out } = await run(phoneCommand, [...at(tiny), '--mac', '00:56:2B:04:36:15', '--model', '8851', '--pace', '1000']);
    expect(code).toBe(1);
    expect(out).toMatch(/^00:56:2b:04:36:15 {2}CP-8851-3PCC {2}got no profile: File not found \(reaction B\)/);
  });

  it('with --target waits for the load: 0 when each runs it, 1 when one has given up', async () => {
    const load = tinyLoad('sip88xx.12-0-7MPP0201-66', 20_000);
    const tiny = await openTinyBench({
      tftp: (name, self) => load.get(name.slice(1)) ?? profileOf({ Upgrade_Rule: `tftp://127.0.0.1:${self().tftp.port}/sip88xx.12-0-7MPP0201-66.loads`, Upgrade_Error_Retry_Delay: '0' }),
    });
    const args = [...at(tiny), '--model', '8841', '--count', '2', '--pace', '1000', '--firmware', 'sip88xx.11-0-0MPP-376', '--target', 'sip88xx.12-0-7MPP0201-66', '--write-seconds', '0'];
    const good = await run(phoneCommand, [...args, '--tftp-window', '4']);
    expect(good.code, good.err).toBe(0);
    expect(good.err).toContain('upgraded from sip88xx.11-0-0MPP-376 to sip88xx.12-0-7MPP0201-66');
    expect(good.err).toContain('2 of 2 virtual phones run sip88xx.12-0-7MPP0201-66.');
    expect(tiny.tftp.options.some((options) => options['windowsize'] === '4')).toBe(true);
    const bad = await run(phoneCommand, [...args, '--fault', 'wrong-hash']);
    expect(bad.code).toBe(1);
    expect(bad.out).toMatch(/ {2}sip88xx\.11-0-0MPP-376, upgrade failed: rootfs2.*signature verification failed/);
  });

  it.each([
    [['--firmware', '11.0.0'], '--firmware takes a load like'],
    [['--target', 'x'], '--target takes a load like'],
    [['--tftp-window', '65'], '--tftp-window 65 is not'],
    [['--within', '0'], '--within 0 is not'],
    [['--fault', 'sulks'], 'never-upgrades'],
  ])('%j is wrong usage', async (args, said) => {
    const { code, err } = await run(phoneCommand, ['--server', '127.0.0.1', ...args]);
    expect(code).toBe(2);
    expect(err).toContain(said);
  });

  it('with --json gives every step and the end as lines of JSON', async () => {
    const tiny = await openTinyBench({ tftp: () => profileOf({ GPP_A: '1' }) });
    const { out } = await run(phoneCommand, [...at(tiny), '--json', '--pace', '1000']);
    const lines = out.trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.map((line) => line['kind'])).toEqual(expect.arrayContaining(['powered', 'asked', 'got', 'applied', 'resynced']));
    expect(lines.at(-1)).toMatchObject({ phones: [{ phase: 'resynced', reaction: 'A' }] });
  });

  it('--stay keeps the phones powered until it is told to stop', async () => {
    const tiny = await openTinyBench({ tftp: () => profileOf({ Resync_Periodic: '600', Resync_Random_Delay: '0' }) });
    const stop = new AbortController();
    const running = run(phoneCommand, [...at(tiny), '--stay', '--pace', '6000'], stop.signal);
    await until(() => tiny.tftp.asked.length >= 3);
    stop.abort();
    expect((await running).code).toBe(0);
  });

  it.each([
    [[], '--server HOST is missing'],
    [['--server', 'bench.example'], 'not an IPv4 address'],
    [['--server', '127.0.0.1', '--count', '0'], '--count 0'],
    [['--server', '127.0.0.1', '--mac', 'xx'], '--mac xx'],
    [['--server', '127.0.0.1', '--fault', 'fire'], '--fault fire'],
    [['--server', '127.0.0.1', '--tftp-port', '70000'], '--tftp-port 70000'],
    [['--server', '10.20.0.1', '--dhcp-port', '67'], 'loopback only'],
    [['--server', '127.0.0.1', '--nonsense'], '--nonsense'],
  ])('is 2 with one sentence and the usage for %j', async (args, message) => {
    const { code, out, err } = await run(phoneCommand, args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(message);
    expect(err).toContain('dialbench phone --server HOST');
  });
});

describe('dialbench probe', () => {
  it('finds a bench right that refuses strangers and serves the named phone', async () => {
    const tiny = await openTinyBench({
      tftp: (name) => (name.endsWith('00562b043615.cfg') ? profileOf({ GPP_A: '1' }) : 1),
      http: (request, response) => {
        if (request.url?.endsWith('00562b043615.cfg')) response.end(profileOf({ GPP_A: '1' }));
        else response.writeHead(404).end();
      },
    });
    const stranger = await run(probeCommand, [...at(tiny), '--dns-port', 'off', '--sntp-port', 'off', '--json']);
    const checks = (JSON.parse(stranger.out) as { checks: { server: string; transport: string; verdict: string; finding: { code: string } }[] }).checks;
    expect(checks.map((check) => `${check.server}/${check.transport} ${check.verdict} ${check.finding.code}`)).toEqual([
      'tftp/udp right probe.refused', 'http/tcp right probe.refused', 'syslog/udp unsure probe.syslog-udp', 'syslog/tcp wrong probe.closed',
    ]);
    // This small bench hears syslog by UDP only: the probe is right to call TCP wrong.
    expect(stranger.code).toBe(1);
    expect(tiny.syslog.lines[0]).toMatch(/Dialbench probe \d{6}$/);
    expect(tiny.http.seen[0]).toMatchObject({ url: '/8841-3PCC.xml', userAgent: 'Dialbench-probe' });
    const named = await run(probeCommand, [...at(tiny), '--syslog-port', 'off', '--dns-port', 'off', '--sntp-port', 'off', '--mac', '00562b043615']);
    expect(named.code).toBe(0);
    expect(named.out).toMatch(/^ok +tftp\/udp +127\.0\.0\.1:\d+ +\/Cisco\/CP-8841-3PCC\/00562b043615\.cfg was served: \d+ bytes, 1 parameters/m);
  });

  it('finds wrong: a named phone refused, a page instead of 404, a closed port; and says what to do', async () => {
    const tiny = await openTinyBench({ http: (_request, response) => void response.end('<html>Not found</html>') });
    const { code, out } = await run(probeCommand, [...at(tiny), '--syslog-port', 'off', '--dns-port', 'off', '--sntp-port', 'off', '--mac', '00562b043615']);
    expect(code).toBe(1);
    expect(out).toContain('→ Enrol 00562b043615');
    expect(out).toContain('are no profile');
    const [http, syslog] = [await quietPort(), await quietPort()];
    const silent = await run(probeCommand, ['--server', '127.0.0.1', '--tftp-port', 'off', '--http-port', String(http), '--syslog-port', String(syslog), '--dns-port', 'off', '--sntp-port', 'off']);
    expect(silent.code).toBe(1);
    expect(silent.out).toMatch(/WRONG +http\/tcp/);
    expect(silent.out).toMatch(/WRONG +syslog\/udp/);
    expect(silent.out).toContain('Nothing listens on 127.0.0.1:');
    expect(silent.out).toContain('→ Start the server');
  });

  it('tells a silent TFTP server from a refusing one', async () => {
    const { createSocket } = await import('node:dgram');
    const deaf = createSocket('udp4');
    await new Promise<void>((resolve) => deaf.bind(0, '127.0.0.1', resolve));
    afterwards(() => new Promise<void>((resolve) => deaf.close(() => resolve())));
    const { code, out } = await run(probeCommand, [
      '--server', '127.0.0.1', '--tftp-port', String(deaf.address().port), '--http-port', 'off', '--syslog-port', 'off', '--dns-port', 'off', '--sntp-port', 'off',
    ]);
    expect(code).toBe(1);
    expect(out).toMatch(/WRONG +tftp\/udp +127\.0\.0\.1:\d+ +No answer from/);
  });

  it('reads an OFFER and takes no address', async () => {
    const server = await startTinyDhcp(() => ({ type: 2, ip: [127, 20, 0, 9], leaseSeconds: 600, options: { 66: Buffer.from('127.0.0.1') } }));
    afterwards(() => server.stop());
    const only = ['--server', '127.0.0.1', '--tftp-port', 'off', '--http-port', 'off', '--syslog-port', 'off', '--dns-port', 'off', '--sntp-port', 'off', '--dhcp-port', String(server.port)];
    const { code, out } = await run(probeCommand, only);
    expect(code).toBe(0);
    expect(out).toContain('It offers 127.20.0.9 and names the server in option 66: 127.0.0.1');
    expect(server.seen.map((seen) => seen.type)).toEqual([1]);
  });

  it.each([
    [[], '--server HOST is missing'],
    [['--server', '127.0.0.1', '--http-port', 'x'], '--http-port x'],
    [['--server', '127.0.0.1', '--mac', 'ff:ff:ff:ff:ff:ff'], 'is not a MAC address'],
    [['--server', '10.1.1.1', '--dhcp-port', '67'], 'loopback only'],
  ])('is 2 for %j', async (args, message) => {
    const { code, err } = await run(probeCommand, args);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});
