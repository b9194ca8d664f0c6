import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OPTION } from '../../../../main/servers/dhcp/options/numbers.ts';
import { PROBE_MARK } from '../../../../main/servers/dhcp/probe.ts';
import { ip, phone } from '../../../support/dhcp/scene.ts';
import { discoverOf, fromServer, requestOf, wireBench, type WireBench } from '../../../support/dhcp/wire.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: 1_700_000_000_000 });
});
let bench: WireBench | null = null;
afterEach(async () => {
  const stopping = bench?.server.stop();
  await vi.advanceTimersByTimeAsync(10);
  await stopping;
  bench = null;
  vi.useRealTimers();
});

async function started(...given: Parameters<typeof wireBench>): Promise<WireBench> {
  bench = wireBench(...given);
  void bench.server.start();
  await vi.advanceTimersByTimeAsync(6000);
  return bench;
}

describe('the conflict probe', () => {
  it('sends three DISCOVERs as client and three as relay, listens 5 s, and only then answers', async () => {
    bench = wireBench();
    void bench.server.start();
    await vi.advanceTimersByTimeAsync(100);
    expect(bench.server.status().state).toBe('starting');
    expect(bench.server.safety()).toMatchObject({ probe: 'listening', probeEndsAt: 1_700_000_005_000 });
    bench.hear(discoverOf(1));
    await vi.advanceTimersByTimeAsync(4800);
    expect(bench.sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(300);
    expect(bench.server.status()).toMatchObject({ state: 'listening', error: null });
    expect(bench.server.safety()).toMatchObject({ probe: 'quiet', others: [] });
    expect(bench.probes.map(({ asRelay }) => asRelay)).toEqual([false, true, false, true, false, true]);
    expect(bench.probes.every(({ packet }) => packet.broadcast && packet.op === 1 && packet.options.get(OPTION.messageType)?.[0] === 1)).toBe(true);
    expect(bench.probes.every(({ packet }) => Buffer.from(packet.options.get(OPTION.userClass) ?? []).toString() === PROBE_MARK)).toBe(true);
    expect(bench.probes.map(({ packet }) => packet.giaddr)).toEqual(['0.0.0.0', '10.20.0.1', '0.0.0.0', '10.20.0.1', '0.0.0.0', '10.20.0.1']);
    expect(new Set(bench.probes.map(({ packet }) => Buffer.from(packet.chaddr).toString('hex'))).size).toBe(3);
    bench.hear(discoverOf(1));
    expect(bench.sent.map(({ type }) => type)).toEqual(['OFFER']);
  });

  it('refuses to start when another server answers, and names all that did', async () => {
    bench = wireBench();
    const starting = bench.server.start();
    await vi.advanceTimersByTimeAsync(50);
    const xid = bench.probes[0]?.packet.xid ?? 0;
    bench.hear(fromServer('10.20.0.254', xid), { address: '10.20.0.254', port: 67 });
    bench.hear(fromServer('192.168.1.1', xid), { address: '192.168.1.1', port: 67 });
    await vi.advanceTimersByTimeAsync(1000);
    expect(await starting).toMatchObject({ state: 'failed', error: { code: 'dhcp.conflict', params: { others: '10.20.0.254, 192.168.1.1' } }, address: null });
    expect(bench.server.safety()).toMatchObject({ probe: 'conflict', others: ['10.20.0.254', '192.168.1.1'] });
    expect(bench.closed).toBe(1);
    bench.hear(discoverOf(1));
    expect(bench.sent).toEqual([]);
  });

  it('notices a second server on this very computer, which answers under our own address', async () => {
    bench = wireBench();
    void bench.server.start();
    await vi.advanceTimersByTimeAsync(50);
    bench.hear(fromServer('10.20.0.1', bench.probes[0]?.packet.xid ?? 0), { address: '10.20.0.1', port: 67 });
    await vi.advanceTimersByTimeAsync(1000);
    expect(bench.server.status()).toMatchObject({ state: 'failed', error: { code: 'dhcp.conflict' } });
  });

  it('is deaf, not reassured, where port 68 cannot be heard', async () => {
    const deaf = await started({}, { hearsReplies: false });
    expect(deaf.server.status()).toMatchObject({ state: 'failed', error: { code: 'dhcp.deaf' } });
    expect(deaf.server.safety().probe).toBe('deaf');
  });

  it('does not answer its own DISCOVERs, which the kernel hands back', async () => {
    const quiet = await started();
    await vi.advanceTimersByTimeAsync(31_000);
    const own = quiet.probes.at(-1)?.packet;
    if (!own) throw new Error('no probe');
    quiet.hear(own, { address: '10.20.0.1', port: 67 });
    expect(quiet.sent).toEqual([]);
    expect(quiet.observed).toEqual([]);
  });

  it('of another bench is answered whatever the policy says, without a lease, a word or an address taken', async () => {
    const serving = await started({}, { decide: () => ({ answer: false, code: 'dhcp.stranger' }) });
    serving.hear(discoverOf(9, [[OPTION.userClass, Buffer.from(PROBE_MARK)]]));
    expect(serving.sent).toMatchObject([{ type: 'OFFER', to: { kind: 'broadcast' } }]);
    expect([serving.observed, serving.kept]).toEqual([[], []]);
    expect(serving.server.safety().ignored).toEqual([]);
  });

  it('is made again on demand, silent meanwhile, and goes on when all is quiet', async () => {
    const serving = await started();
    const checking = serving.server.check();
    serving.hear(discoverOf(1));
    expect(serving.sent).toEqual([]);
    expect(serving.server.status().state).toBe('starting');
    await vi.advanceTimersByTimeAsync(6000);
    expect((await checking).state).toBe('listening');
    expect(serving.opened).toBe(1);
  });

  it('is made again after a long leap of the clock: the computer may have woken elsewhere', async () => {
    const serving = await started();
    const before = serving.probes.length;
    serving.jump(3_600_000);
    await vi.advanceTimersByTimeAsync(2100);
    expect(serving.server.status().state).toBe('starting');
    expect(serving.probes.length).toBeGreaterThan(before);
    await vi.advanceTimersByTimeAsync(6000);
    expect(serving.server.status().state).toBe('listening');
  });
});

describe('the watch', () => {
  it('stops the server when another one’s OFFER or ACK is heard, and names it', async () => {
    const serving = await started();
    serving.hear(fromServer('192.168.1.1', 4711, 'ACK'), { address: '192.168.1.1', port: 67 });
    await vi.advanceTimersByTimeAsync(1000);
    expect(serving.server.status()).toMatchObject({ state: 'stopped', error: { code: 'dhcp.conflict', params: { others: '192.168.1.1' } } });
    expect(serving.closed).toBe(1);
  });

  it('asks around every 30 s, since a unicast answer cannot be overheard', async () => {
    const serving = await started();
    const before = serving.probes.length;
    await vi.advanceTimersByTimeAsync(31_000);
    expect(serving.probes.length).toBeGreaterThan(before);
    expect(serving.server.status().state).toBe('listening');
    serving.hear(fromServer('10.20.0.254', serving.probes.at(-1)?.packet.xid ?? 0), { address: '10.20.0.254', port: 67 });
    await vi.advanceTimersByTimeAsync(1000);
    expect(serving.server.status()).toMatchObject({ state: 'stopped', error: { code: 'dhcp.conflict' } });
  });

  it('takes a client that names another server for a suspicion: it asks, and serves on if nobody answers', async () => {
    const serving = await started();
    await vi.advanceTimersByTimeAsync(15_000);
    const before = serving.probes.length;
    serving.hear(requestOf(1, '10.20.0.7', '10.20.0.254'));
    await vi.advanceTimersByTimeAsync(100);
    expect(serving.probes.length).toBeGreaterThan(before);
    serving.hear(discoverOf(2));
    expect(serving.sent.map(({ type }) => type)).toEqual(['OFFER']);
    await vi.advanceTimersByTimeAsync(6000);
    expect(serving.server.status().state).toBe('listening');
  });

  it('on a machine with several cards believes a foreign address only when it answers our own probe', async () => {
    const cards = [{ name: 'bench0', address: '10.20.0.1' }, { name: 'wlan0', address: '192.168.1.33' }];
    const serving = await started({}, { cards });
    serving.hear(fromServer('192.168.1.1', 4711), { address: '192.168.1.1', port: 67 });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(serving.server.status().state).toBe('listening');
    serving.hear(fromServer('10.20.0.254', 4711), { address: '10.20.0.254', port: 67 });
    await vi.advanceTimersByTimeAsync(1000);
    expect(serving.server.status()).toMatchObject({ state: 'stopped', error: { code: 'dhcp.conflict', params: { others: '10.20.0.254' } } });
  });

  it('does not take its own answers, which come back by broadcast, for a rival’s', async () => {
    const serving = await started();
    serving.hear(fromServer('10.20.0.1', 4711), { address: '10.20.0.1', port: 67 });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(serving.server.status().state).toBe('listening');
  });
});

describe('stopping', () => {
  it('comes by itself when the time is over, also when the clock was set back', async () => {
    const serving = await started({ stopAfterMs: 120_000 });
    expect(serving.server.safety().stopsAt).toBeGreaterThan(1_700_000_120_000);
    serving.jump(-3_600_000);
    await vi.advanceTimersByTimeAsync(125_000);
    expect(serving.server.status()).toMatchObject({ state: 'stopped', error: { code: 'dhcp.auto-stop' } });
    expect(serving.closed).toBe(1);
    serving.hear(discoverOf(1));
    expect(serving.sent).toEqual([]);
  });

  it('comes at once when the clock leaps over its time: the computer slept', async () => {
    const serving = await started({ stopAfterMs: 7_200_000 });
    serving.jump(8 * 3_600_000);
    await vi.advanceTimersByTimeAsync(2100);
    expect(serving.server.status()).toMatchObject({ state: 'stopped', error: { code: 'dhcp.auto-stop' } });
  });

  it('can be moved and taken away', async () => {
    const serving = await started({ stopAfterMs: 60_000 });
    serving.server.stopAt(null);
    await vi.advanceTimersByTimeAsync(90_000);
    expect(serving.server.status().state).toBe('listening');
    const at = Date.now() + 10_000;
    serving.server.stopAt(at);
    expect(serving.server.safety().stopsAt).toBe(at);
    await vi.advanceTimersByTimeAsync(12_000);
    expect(serving.server.status().error?.code).toBe('dhcp.auto-stop');
  });

  it('by hand closes everything, in the middle of a probe too', async () => {
    bench = wireBench();
    const starting = bench.server.start();
    await vi.advanceTimersByTimeAsync(500);
    await bench.server.stop();
    expect((await starting).state).toBe('stopped');
    expect(bench.closed).toBe(1);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(bench.server.status()).toMatchObject({ state: 'stopped', error: { code: 'dhcp.stopped-by-hand' }, address: null, port: null });
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('the card', () => {
  it('that disappears fails the server by name of its address, and brings it back when it returns, after a probe', async () => {
    const serving = await started();
    serving.set({ cards: [] });
    await vi.advanceTimersByTimeAsync(2500);
    expect(serving.server.status()).toMatchObject({ state: 'failed', error: { code: 'server.address-missing', params: { address: '10.20.0.1' } } });
    expect(serving.closed).toBe(1);
    serving.set({ cards: [{ name: 'bench0', address: '10.20.0.1' }] });
    await vi.advanceTimersByTimeAsync(3000);
    expect(serving.server.status().state).toBe('starting');
    await vi.advanceTimersByTimeAsync(6000);
    expect(serving.server.status().state).toBe('listening');
    expect(serving.opened).toBe(2);
  });

  it('is looked for at once when a datagram cannot be sent', async () => {
    const serving = await started();
    serving.set({ cards: [] });
    serving.sendFails('ENETUNREACH');
    expect(serving.server.status().error?.code).toBe('server.address-missing');
  });
});

describe('starting', () => {
  it('says why a port was refused and leaves nothing open', async () => {
    const refused = await started({}, { refused: { code: 'server.port-taken-unknown', params: { port: 67 } } });
    expect(refused.server.status()).toMatchObject({ state: 'failed', error: { code: 'server.port-taken-unknown' }, port: null });
  });

  it('refuses a pool outside of the card’s subnet', async () => {
    const outside = await started({ pool: { from: ip('10.20.1.10'), to: ip('10.20.1.20') } });
    expect(outside.server.status().error).toMatchObject({ code: 'dhcp.pool-outside', params: { from: '10.20.1.10', to: '10.20.1.20', subnet: '10.20.0.1/24' } });
    expect(outside.opened).toBe(0);
  });

  it('takes up the leases of the run before', async () => {
    const lease = { ip: ip('10.20.0.102'), mac: phone(1), clientId: '', expiresAt: 1_700_000_400_000, state: 'bound' } as const;
    const again = await started({}, { leases: () => Promise.resolve([lease]) });
    expect(again.server.safety().pool).toMatchObject({ size: 4, used: 1 });
    again.hear(discoverOf(1));
    expect(again.sent[0]?.packet.yiaddr).toBe('10.20.0.102');
  });

  it('fails with a sentence when these cannot be read', async () => {
    const broken = await started({}, { leases: () => Promise.reject(new Error('disk')) });
    expect(broken.server.status()).toMatchObject({ state: 'failed', error: { code: 'dhcp.leases-unreadable', cause: 'Error: disk' } });
    expect(broken.closed).toBe(1);
  });
});

describe('a lease', () => {
  it('is durable before its ACK leaves', async () => {
    let release: () => void = () => undefined;
    const serving = await started({}, { commit: () => new Promise((resolve) => (release = resolve)) });
    serving.hear(discoverOf(1));
    const address = serving.sent[0]?.packet.yiaddr ?? '';
    serving.hear(requestOf(1, address, '10.20.0.1'));
    await vi.advanceTimersByTimeAsync(50);
    expect(serving.sent.map(({ type }) => type)).toEqual(['OFFER']);
    release();
    await vi.advanceTimersByTimeAsync(1);
    expect(serving.sent.map(({ type }) => type)).toEqual(['OFFER', 'ACK']);
    expect(serving.observed.map(({ asked, outcome }) => [asked, outcome.kind === 'answered' && outcome.answer])).toEqual([
      ['DISCOVER', 'OFFER'],
      ['REQUEST', 'ACK'],
    ]);
  });

  it('that cannot be kept is not given, and the server says so until it can again', async () => {
    const serving = await started({}, { commit: () => Promise.reject(new Error('disk full')) });
    serving.hear(discoverOf(1));
    const address = serving.sent[0]?.packet.yiaddr ?? '';
    serving.hear(requestOf(1, address, '10.20.0.1'));
    await vi.advanceTimersByTimeAsync(1);
    expect(serving.sent.map(({ type }) => type)).toEqual(['OFFER']);
    expect(serving.server.status()).toMatchObject({ state: 'degraded', error: { code: 'dhcp.lease-not-kept' } });
    expect(serving.observed.at(-1)?.outcome).toEqual({ kind: 'ignored', code: 'dhcp.lease-not-kept' });
    serving.set({ commit: () => Promise.resolve() });
    serving.hear(requestOf(1, address, '10.20.0.1'));
    await vi.advanceTimersByTimeAsync(1);
    expect(serving.sent.at(-1)?.type).toBe('ACK');
    expect(serving.server.status()).toMatchObject({ state: 'listening', error: null });
  });

  it('granted just as the server stops is not sent any more', async () => {
    let release: () => void = () => undefined;
    const serving = await started({}, { commit: () => new Promise((resolve) => (release = resolve)) });
    serving.hear(requestOf(1, '10.20.0.100', '10.20.0.1'));
    await serving.server.stop();
    release();
    await vi.advanceTimersByTimeAsync(10);
    expect(serving.sent).toEqual([]);
  });
});

describe('what is told', () => {
  it('of rubbish: counted each time, told once a minute for each sender', async () => {
    const serving = await started();
    for (let count = 0; count < 50; count += 1) serving.hear(Uint8Array.of(1, 2, 3), { address: '10.20.0.9', port: 5 });
    expect(serving.observed).toHaveLength(1);
    expect(serving.observed[0]).toMatchObject({ asked: 'packet', outcome: { kind: 'ignored', code: 'dhcp.bad-packet' }, detail: { reason: '3 bytes are too few' } });
    expect(serving.server.status().figures).toMatchObject({ bad: 50 });
  });

  it('of a flood of made-up clients: the first thousand, then fifty a second, every one counted', async () => {
    const serving = await started({}, { decide: () => ({ answer: false, code: 'dhcp.stranger' }) });
    for (let number = 0; number < 5000; number += 1) serving.hear({ ...discoverOf(1), chaddr: Uint8Array.of(2, 0, 0, 0, number >> 8, number & 0xff) });
    expect(serving.observed).toHaveLength(1000);
    expect(serving.server.status().figures).toMatchObject({ ignored: 5000, untold: 4000 });
    expect(serving.server.safety().ignored).toHaveLength(50);
    await vi.advanceTimersByTimeAsync(1000);
    for (let number = 0; number < 500; number += 1) serving.hear({ ...discoverOf(1), chaddr: Uint8Array.of(2, 0, 0, 1, number >> 8, number & 0xff) });
    expect(serving.observed).toHaveLength(1050);
  });

  it('of a mistake of our own: told, and the next packet is answered', async () => {
    const serving = await started({}, { decide: () => { throw new Error('a bug'); } });
    serving.hear(discoverOf(1));
    expect(serving.observed).toMatchObject([{ outcome: { kind: 'ignored', code: 'dhcp.fault' } }]);
    expect(serving.observed[0]?.detail?.['reason']).toContain('a bug');
    serving.set({ decide: () => ({ answer: true, options: {} }) });
    serving.hear(discoverOf(2));
    expect(serving.sent.map(({ type }) => type)).toEqual(['OFFER']);
  });

  it('of strangers: who they are and what they call themselves, newest first', async () => {
    const serving = await started({}, { decide: () => ({ answer: false, code: 'dhcp.stranger' }) });
    serving.hear(discoverOf(1, [[OPTION.vendorClass, Buffer.from('MSFT 5.0')]]));
    serving.hear(discoverOf(2));
    serving.hear(discoverOf(1, [[OPTION.vendorClass, Buffer.from('MSFT 5.0')]]));
    expect(serving.server.safety().ignored).toEqual([{ mac: phone(1), vendorClass: 'MSFT 5.0' }, { mac: phone(2), vendorClass: '' }]);
    expect(serving.observed).toHaveLength(2);
    expect(serving.sent).toEqual([]);
  });

  it('of a full pool: degraded until an address is free', async () => {
    const serving = await started({ pool: { from: ip('10.20.0.100'), to: ip('10.20.0.100') } });
    serving.hear(requestOf(1, '10.20.0.100', '10.20.0.1'));
    serving.hear(discoverOf(2));
    expect(serving.server.status()).toMatchObject({ state: 'degraded', error: { code: 'dhcp.pool-full', params: { size: 1 } } });
    expect(serving.observed.at(-1)?.outcome).toEqual({ kind: 'ignored', code: 'dhcp.pool-full' });
  });
});
