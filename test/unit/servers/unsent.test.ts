import { afterEach, describe, expect, it, vi } from 'vitest';
import type { RunningServer } from '../../../common/values/server.ts';
import { createDnsServer } from '../../../main/servers/dns/server.ts';
import { createSntpServer } from '../../../main/servers/sntp/server.ts';
import type { UdpEvents } from '../../../main/servers/udp-socket.ts';
import { FACTS } from '../../support/dns/bench.ts';

const socket = { events: null as UdpEvents | null };
const udpSide = (_at: unknown, events: UdpEvents) => {
  socket.events = events;
  return Promise.resolve({ port: 40_053, send: () => undefined, close: () => Promise.resolve() });
};
const tcpSide = () => Promise.resolve({ port: 40_053, close: () => Promise.resolve() });

const at = { address: '127.0.0.1', port: 0 };
const needs = { observe: () => undefined, changed: vi.fn() };
const SERVERS: readonly (readonly [string, () => RunningServer])[] = [
  ['dns', () => createDnsServer(at, { ...needs, facts: () => FACTS }, () => Date.UTC(2026, 10, 22), { udpSide, tcpSide })],
  ['sntp', () => createSntpServer(at, needs, () => Date.UTC(2026, 10, 22), udpSide)],
];

describe.each(SERVERS)('an answer of %s that the system refuses to send', (_name, create) => {
  afterEach(() => vi.useRealTimers());

  it('is said until the next one goes out, and told to whoever looks within a second', async () => {
    vi.useFakeTimers();
    const server = create();
    expect(await server.start()).toMatchObject({ state: 'listening', error: null });
    await vi.advanceTimersByTimeAsync(1000);
    needs.changed.mockClear();
    for (let again = 0; again < 100; again += 1) socket.events?.unsent(new Error('send EACCES'));
    expect(needs.changed).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1000);
    expect(needs.changed).toHaveBeenCalledTimes(1);
    expect(server.status()).toMatchObject({ state: 'degraded', error: { code: 'server.send-refused', params: { port: 40_053, cause: 'send EACCES' } } });
    socket.events?.sent();
    expect(server.status()).toMatchObject({ state: 'listening', error: null });
    await vi.advanceTimersByTimeAsync(1000);
    expect(needs.changed).toHaveBeenCalledTimes(2);
    await server.stop();
  });

  it('is not what a socket is that broke: that stays said until it is started again', async () => {
    const server = create();
    await server.start();
    socket.events?.failed(new Error('EBADF'));
    socket.events?.sent();
    expect(server.status()).toMatchObject({ state: 'degraded', error: { code: 'server.bind-failed' } });
    await server.stop();
    expect(await server.start()).toMatchObject({ state: 'listening', error: null });
    await server.stop();
  });
});
