import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openShelf } from '../../../main/servers/tftp/body.ts';
import { readPacket, writeAck, writeOack } from '../../../main/servers/tftp/codec.ts';
import { startReceiving, stepReceiving, type ReceivingStep } from '../../../main/servers/tftp/receiving.ts';
import { startSending, stepSending, type SendingStep } from '../../../main/servers/tftp/sending.ts';
import { openNetwork, simpleReader, simpleWriter, type End, type Network } from '../../support/tftp-simulation.ts';

const weather = fc.record({
  loss: fc.constantFrom(0, 0.02, 0.05, 0.2),
  double: fc.constantFrom(0, 0.1, 0.5),
  delay: fc.constantFrom([0.1, 0.2] as const, [1, 30] as const, [0.1, 150] as const),
});
const setting = fc.record({
  size: fc.integer({ min: 0, max: 6_000 }),
  blockSize: fc.constantFrom(8, 100, 512, 1468),
  window: fc.constantFrom(1, 2, 4, 16),
  oack: fc.boolean(),
  timer: fc.constantFrom(50, 1_000),
});
/** Simulated ms: 6,000 bytes in blocks of 8 at 20 % loss each way and 150 ms of delay are slow, but a transfer that needs an hour hangs. */
const LIMIT = 3_600_000;

function ourSender(network: Network, body: Uint8Array, start: Parameters<typeof startSending>[0]): End & { begin(): void; ended(): string | null; sent(): number } {
  const packets = openShelf().take('body', body, start.blockSize);
  let step: SendingStep | null = null;
  let ended: string | null = null;
  let sent = 0;
  const apply = (next: SendingStep): void => {
    step = next;
    for (const effect of next.effects) {
      if (effect.kind === 'oack') network.send(0, writeOack(new Map([['blksize', String(start.blockSize)]])));
      else if (effect.kind === 'end') ended = effect.ending.kind;
      else for (let block = effect.from; block < effect.from + effect.count; block += 1) {
        sent += 1;
        network.send(0, packets.packet(block) ?? new Uint8Array());
      }
    }
  };
  return {
    begin: () => { apply(startSending(start, 0)); },
    receive(bytes, now) {
      const packet = readPacket(bytes);
      if (step !== null && ended === null && packet.kind === 'ack') apply(stepSending(step.state, { kind: 'ack', block: packet.block }, now));
    },
    wake(now) { if (step !== null && ended === null) apply(stepSending(step.state, { kind: 'tick' }, now)); },
    wakeAt: () => (ended === null ? step?.wakeAt ?? Infinity : Infinity),
    ended: () => ended,
    sent: () => sent,
  };
}

function ourReceiver(network: Network, start: Parameters<typeof startReceiving>[0]): End & { begin(): void; bytes(): Uint8Array; ended(): readonly string[] } {
  const parts: Uint8Array[] = [];
  const ended: string[] = [];
  let step: ReceivingStep | null = null;
  const apply = (next: ReceivingStep, data: Uint8Array, now: number): void => {
    step = next;
    for (const effect of next.effects) {
      switch (effect.kind) {
        case 'oack': network.send(1, writeOack(new Map([['blksize', String(start.blockSize)]]))); break;
        case 'ack': network.send(1, writeAck(effect.block)); break;
        case 'take': parts.push(Uint8Array.from(data)); break;
        case 'store': apply(stepReceiving(next.state, { kind: 'stored' }, now), data, now); return;
        case 'end': ended.push(effect.ending.kind); break;
      }
    }
  };
  return {
    begin: () => { apply(startReceiving(start, 0), new Uint8Array(), 0); },
    receive(bytes, now) {
      const packet = readPacket(bytes);
      if (step !== null && packet.kind === 'data') {
        apply(stepReceiving(step.state, { kind: 'data', block: packet.block, length: packet.data.length }, now), packet.data, now);
      }
    },
    wake(now) { if (step !== null) apply(stepReceiving(step.state, { kind: 'tick' }, now), new Uint8Array(), now); },
    wakeAt: () => (ended.length < 2 ? step?.wakeAt ?? Infinity : Infinity),
    bytes: () => Uint8Array.from(Buffer.concat(parts)),
    ended: () => ended,
  };
}

describe('over a network that loses, doubles and reorders', () => {
  it('a reader always gets exactly the bytes of the body', () => {
    fc.assert(fc.property(weather, setting, fc.integer(), (sky, { size, blockSize, window, oack, timer }, seed) => {
      const body = Uint8Array.from({ length: size }, (_none, index) => (index * 7 + seed) & 255);
      const network = openNetwork(sky, randomOf(seed));
      const server = ourSender(network, body, { size, blockSize, window, timeout: null, oack });
      const client = simpleReader((packet) => { network.send(1, packet); }, { blockSize, window, timer });
      network.attach(server, client);
      server.begin();
      network.run(() => server.ended() !== null, LIMIT);
      expect(['delivered', 'unconfirmed']).toContain(server.ended());
      expect(client.finished()).toBe(true);
      expect(Buffer.compare(client.bytes(), body)).toBe(0);
    }), { numRuns: 400 });
  });

  it('a reader on a clean cable gets every block once', () => {
    fc.assert(fc.property(setting, ({ size, blockSize, window, oack, timer }) => {
      const network = openNetwork({ loss: 0, double: 0, delay: [0.1, 0.1] }, randomOf(1));
      const server = ourSender(network, new Uint8Array(size), { size, blockSize, window, timeout: null, oack });
      const client = simpleReader((packet) => { network.send(1, packet); }, { blockSize, window, timer });
      network.attach(server, client);
      server.begin();
      network.run(() => server.ended() !== null, LIMIT);
      expect(server.ended()).toBe('delivered');
      expect(server.sent()).toBe(Math.floor(size / blockSize) + 1);
    }));
  });

  it('doubled packets never breed: no more blocks are sent than timers and gaps explain', () => {
    fc.assert(fc.property(fc.integer(), (seed) => {
      const network = openNetwork({ loss: 0, double: 1, delay: [0.1, 0.2] }, randomOf(seed));
      const server = ourSender(network, new Uint8Array(100_000), { size: 100_000, blockSize: 512, window: 1, timeout: null, oack: true });
      const client = simpleReader((packet) => { network.send(1, packet); }, { blockSize: 512, window: 1, timer: 1_000 });
      network.attach(server, client);
      server.begin();
      network.run(() => server.ended() !== null, LIMIT);
      expect(server.sent()).toBe(196);
    }), { numRuns: 20 });
  });

  it('a writer always leaves exactly its bytes', () => {
    fc.assert(fc.property(weather, setting, fc.integer(), (sky, { size, blockSize, window, oack, timer }, seed) => {
      const body = Uint8Array.from({ length: size }, (_none, index) => (index * 7 + seed) & 255);
      const network = openNetwork(sky, randomOf(seed));
      const server = ourReceiver(network, { blockSize, window, timeout: null, oack, limit: 1e6 });
      const client = simpleWriter((packet) => { network.send(0, packet); }, body, { blockSize, window, timer, oack });
      network.attach(client, server);
      server.begin();
      network.run(() => server.ended().includes('delivered') || server.ended().includes('silent'), LIMIT);
      expect(server.ended()).toEqual(['received', 'delivered']);
      expect(Buffer.compare(server.bytes(), body)).toBe(0);
    }), { numRuns: 400 });
  });
});

/** mulberry32: the same weather for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
