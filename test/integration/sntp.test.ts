import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { createSntpServer } from '../../main/servers/sntp/server.ts';
import { ntpQuestion, readNtpAnswer } from '../../main/simulator/probe/time.ts';
import { eventually } from '../support/eventually.ts';
import { junkOf } from '../support/junk.ts';

let clock = Date.UTC(2026, 10, 22);
let changes = 0;
const server = createSntpServer({ address: '127.0.0.1', port: 0 }, { observe: () => undefined, changed: () => (changes += 1) }, () => clock);
afterEach(async () => {
  await server.stop();
  clock = Date.UTC(2026, 10, 22);
});

const MOMENT_MS = 300;

/** One answer, or null when none came in `withinMs`: long where one is expected, a moment where silence is. */
async function ask(port: number, withinMs = 5_000): Promise<ReturnType<typeof readNtpAnswer>> {
  const socket = createSocket('udp4');
  const heard = once(socket, 'message') as Promise<[Buffer]>;
  const silence = new Promise<null>((resolve) => setTimeout(() => resolve(null), withinMs));
  socket.send(ntpQuestion(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)), port, '127.0.0.1');
  const bytes = await Promise.race([heard.then(([bytes]) => bytes), silence]);
  socket.close();
  return bytes === null ? null : readNtpAnswer(bytes, clock);
}

describe('the SNTP server', () => {
  it('tells the time of its clock, follows it when it is set, and is silent and degraded while it cannot be right', async () => {
    const { port, state } = await server.start();
    expect(state).toBe('listening');
    expect((await ask(port ?? 0))?.sentAt).toBeCloseTo(clock, 3);
    clock = Date.UTC(1970, 0, 1, 3);
    expect(await ask(port ?? 0, MOMENT_MS)).toBeNull();
    expect(server.status()).toMatchObject({ state: 'degraded', port, error: { code: 'sntp.clock-wrong', params: { year: 1970 } } });
    const before = changes;
    await eventually(() => expect(changes).toBeGreaterThan(before));
    clock = Date.UTC(2037, 5, 1);
    expect((await ask(port ?? 0))?.sentAt).toBeCloseTo(clock, 3);
    expect(server.status()).toMatchObject({ state: 'listening', error: null });
  });

  it('answers after thousands of datagrams of noise, and after a stop nothing at all', async () => {
    const { port } = await server.start();
    const socket = createSocket('udp4');
    for (let index = 0; index < 3000; index += 1) await new Promise((resolve) => socket.send(junkOf(index, (index * 13) % 600), port ?? 0, '127.0.0.1', resolve));
    socket.close();
    // The noise came from this address too: what it was allowed is used up until the clock moves on.
    clock += 60_000;
    await eventually(async () => expect(await ask(port ?? 0)).toMatchObject({ stratum: 10 }));
    await server.stop();
    expect(await ask(port ?? 0, MOMENT_MS)).toBeNull();
    expect(server.status()).toMatchObject({ state: 'stopped', port: null });
  });

  it('says which port is taken', async () => {
    const { port } = await server.start();
    const second = createSntpServer({ address: '127.0.0.1', port: port ?? 0 }, { observe: () => undefined, changed: () => undefined }, () => clock);
    expect(await second.start()).toMatchObject({ state: 'failed', error: { code: 'server.port-taken-unknown', params: { port, transport: 'udp', address: '127.0.0.1' } } });
    await second.stop();
  });
});
