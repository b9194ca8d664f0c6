import { describe, expect, it } from 'vitest';
import type { PhoneOptions, VirtualPhone } from '../../../main/simulator/phone.ts';
import { afterwards } from '../../support/afterwards.ts';
import { openTinyBench, plugIn, until } from '../../support/simulator/plug-in.ts';
import { profileOf } from '../../support/simulator/tiny-bench.ts';
import type { TinyBench } from '../../support/simulator/tiny-bench.ts';
import { startTinyDhcp } from '../../support/simulator/tiny-dhcp.ts';
import type { TinyDhcp } from '../../support/simulator/tiny-dhcp.ts';

const OFFER = 2;
const ACK = 5;
const NAK = 6;
const IP = [127, 20, 0, 17] as const;
const bench = (): Promise<TinyBench> => openTinyBench({ tftp: () => profileOf({ GPP_A: '1' }) });

async function dhcp(answer: Parameters<typeof startTinyDhcp>[0]): Promise<TinyDhcp> {
  const tiny = await startTinyDhcp(answer);
  afterwards(() => tiny.stop());
  return tiny;
}

function plugInto(tiny: TinyBench, port: number, more: Partial<PhoneOptions> = {}): VirtualPhone {
  const options = tiny.phone({ source: 'dhcp', ...more });
  return plugIn({ ...options, server: { ...options.server, dhcpPort: port } });
}

describe('a virtual phone and DHCP', () => {
  it('says its class with the NUL of a Multiplatform load, asks for the options that phones read, and goes where option 66 points', async () => {
    const tiny = await bench();
    const server = await dhcp((seen) => ({
      type: seen.type === 1 ? OFFER : ACK, ip: IP, leaseSeconds: 600,
      options: { 66: Buffer.from(`tftp://127.0.0.1:${tiny.tftp.port}\0`), 150: Buffer.from([192, 0, 2, 1]) },
    }));
    const phone = plugInto(tiny, server.port);
    expect(await phone.finished).toMatchObject({ phase: 'resynced', ip: '127.20.0.17' });
    expect(tiny.tftp.asked).toEqual(['RRQ /']);
    const [discover, request] = server.seen;
    expect(discover).toMatchObject({ type: 1, mac: '00562b043615', ciaddr: '0.0.0.0', broadcast: true });
    expect(discover?.options.get(60)?.toString('latin1')).toBe('Cisco Systems, Inc. IP Phone CP-8841-3PCC\0');
    expect([...(discover?.options.get(55) ?? [])]).toEqual(expect.arrayContaining([1, 3, 66, 150, 159, 160]));
    expect(discover?.options.has(54)).toBe(false);
    // RFC 2131 §4.3.2, SELECTING: server identifier and requested address, ciaddr zero.
    expect(request).toMatchObject({ type: 3, ciaddr: '0.0.0.0' });
    expect([...(request?.options.get(54) ?? [])]).toEqual([127, 0, 0, 1]);
    expect([...(request?.options.get(50) ?? [])]).toEqual([...IP]);
  });

  it('renews its lease at half time with its own address and without a server identifier', async () => {
    const tiny = await bench();
    const server = await dhcp((seen) => ({ type: seen.type === 1 ? OFFER : ACK, ip: IP, leaseSeconds: 100, options: { 66: Buffer.from('127.0.0.1') } }));
    plugInto(tiny, server.port, { pace: 1000 });
    await until(() => server.seen.length >= 4);
    const renewal = server.seen[2];
    expect(renewal).toMatchObject({ type: 3, ciaddr: '127.20.0.17', broadcast: false });
    expect(renewal?.options.has(54) || renewal?.options.has(50)).toBe(false);
  });

  it('whose lease counts the seconds of the bench does not renew it at its own pace', async () => {
    const tiny = await bench();
    const grant = (): Parameters<typeof dhcp>[0] => (seen) => ({ type: seen.type === 1 ? OFFER : ACK, ip: IP, leaseSeconds: 100, options: { 66: Buffer.from('127.0.0.1') } });
    const [calm, hasty] = [await dhcp(grant()), await dhcp(grant())];
    await plugInto(tiny, calm.port, { pace: 1000, leases: 'bench' }).finished;
    plugInto(tiny, hasty.port, { pace: 1000 });
    await until(() => hasty.seen.length >= 6);
    expect(calm.seen.map((seen) => seen.type)).toEqual([1, 3]);
  });

  it('starts anew after a NAK', async () => {
    const tiny = await bench();
    const server = await dhcp((seen, count) => ({
      type: seen.type === 1 ? OFFER : count === 2 ? NAK : ACK, ip: IP, leaseSeconds: 600, options: { 66: Buffer.from('127.0.0.1') },
    }));
    expect((await plugInto(tiny, server.port).finished).reaction).toBe('A');
    // Its lease is renewed soon, at this pace.
    expect(server.seen.slice(0, 4).map((seen) => seen.type)).toEqual([1, 3, 1, 3]);
  });

  it('makes no storm of a server that refuses for ever', async () => {
    const tiny = await bench();
    const server = await dhcp((seen) => ({ type: seen.type === 1 ? OFFER : NAK, ip: IP, leaseSeconds: 600 }));
    const phone = plugInto(tiny, server.port, { pace: 100_000 });
    expect((await phone.finished).phase).toBe('no-address');
    // Two packets in each of four rounds; without a rest there would be thousands.
    expect(server.seen.length).toBeLessThan(20);
  });

  it('gives up its old lease with its power: one renewal at a time after a reboot', async () => {
    const tiny = await openTinyBench({ tftp: () => profileOf({ GPP_A: 'y'.repeat(5000) }) });
    const server = await dhcp((seen) => ({
      type: seen.type === 1 ? OFFER : ACK, ip: IP, leaseSeconds: 2000, options: { 66: Buffer.from('127.0.0.1') },
    }));
    const phone = plugInto(tiny, server.port, { pace: 2000, faults: ['reboot-mid-transfer'] });
    expect((await phone.finished).reaction).toBe('A');
    // Its lease is renewed soon, at this pace.
    expect(server.seen.slice(0, 4).map((seen) => seen.type)).toEqual([1, 3, 1, 3]);
    await until(() => server.seen.length >= 6);
    const times = phone.events.filter((event) => event.kind === 'dhcp' && event.message === 'REQUEST').map((event) => event.at).slice(-2);
    // Renewals of one lease are half a lease apart (0.5 s here); those of two leases would come in pairs.
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(400);
  });

  it('without an option that names a server it fails with reaction C and asks nobody', async () => {
    const tiny = await bench();
    const server = await dhcp((seen) => ({ type: seen.type === 1 ? OFFER : ACK, ip: IP, leaseSeconds: 600 }));
    expect(await plugInto(tiny, server.port).finished).toMatchObject({ reaction: 'C', error: 'No provisioning server in the DHCP options' });
    expect(tiny.tftp.asked).toEqual([]);
  });

  it('keeps sending DISCOVER to a silent wire, and says after four that nobody answers', async () => {
    const tiny = await bench();
    const server = await dhcp(() => null);
    const phone = plugInto(tiny, server.port, { pace: 100_000 });
    expect(await phone.finished).toMatchObject({ phase: 'no-address', ip: null, reaction: null });
    expect(server.seen.length).toBeGreaterThanOrEqual(4);
    await until(() => server.seen.length >= 5);
  });

  it('never-dhcp is deaf to every answer', async () => {
    const tiny = await bench();
    const server = await dhcp(() => ({ type: OFFER, ip: IP, leaseSeconds: 600 }));
    const phone = plugInto(tiny, server.port, { pace: 100_000, faults: ['never-dhcp'] });
    expect((await phone.finished).phase).toBe('no-address');
    expect(server.seen.every((seen) => seen.type === 1)).toBe(true);
  });

  it('an enterprise load says so in its class and its host name', async () => {
    const tiny = await bench();
    const server = await dhcp((seen) => ({ type: seen.type === 1 ? OFFER : ACK, ip: IP, leaseSeconds: 600, options: { 150: Buffer.from([127, 0, 0, 1]) } }));
    await plugInto(tiny, server.port, { faults: ['enterprise-load'] }).finished;
    expect(server.seen[0]?.options.get(60)?.toString('latin1')).toBe('Cisco Systems, Inc. IP Phone CP-8841\0');
    expect(server.seen[0]?.options.get(12)?.toString()).toBe('SEP00562B043615');
    expect(tiny.tftp.asked).toContain('RRQ SEP00562B043615.cnf.xml');
  });
});
