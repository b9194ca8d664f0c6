import type { RemoteInfo, Socket } from 'node:dgram';
import { describe, expect, it } from 'vitest';
import { openShelf } from '../../../../../main/servers/tftp/body.ts';
import { openDesk, type Desk } from '../../../../../main/servers/tftp/desk.ts';
import { openFiles } from '../../../../../main/servers/tftp/file-body.ts';
import type { WorkerBatch } from '../../../../../main/servers/tftp/messages.ts';
import { openOutbox } from '../../../../../main/servers/tftp/outbox.ts';
import { openSlabs } from '../../../../../main/servers/tftp/slabs.ts';
import { request } from '../../../../support/tftp-client.ts';

const ORDER = { address: '10.20.0.1', port: 69, shared: true, singlePort: true, maxBlockSize: 1_468, maxTransfersPerPeer: 1_024, prefix: 'w.1' };
const from = (address: string, port: number): RemoteInfo => ({ address, port, family: 'IPv4', size: 0 });
const ack = (block: number): Buffer => Buffer.from([0, 4, block >> 8, block & 255]);

/** A worker's desk without a worker: one socket of paper, answers by hand. */
function stage(): { readonly desk: Desk; readonly socket: Socket; readonly batches: WorkerBatch[]; readonly sentTo: Map<string, number>; flush(): void } {
  const batches: WorkerBatch[] = [];
  const sentTo = new Map<string, number>();
  const count = (address: string, port: number): void => { sentTo.set(`${address}:${String(port)}`, (sentTo.get(`${address}:${String(port)}`) ?? 0) + 1); };
  const outbox = openOutbox((message) => { if (message.kind === 'batch') batches.push(message); });
  const socket = { send: (_packet: Buffer, port: number, address: string) => { count(address, port); } } as unknown as Socket;
  const desk = openDesk(ORDER, () => socket, () => socket, {
    shelf: openShelf(), files: openFiles(openSlabs(() => true)), outbox,
    counters: { delivered: 0, broken: 0, refused: 0, ignored: 0, retransmits: 0, bytes: 0 },
    maxBlockSize: () => 1_468, largeBlocksLost: () => undefined, clock: () => 1,
    send: (_socket, _packet, peer) => { count(peer.address, peer.port); },
  }, () => undefined);
  return { desk, socket, batches, sentTo, flush: () => { outbox.flush(); } };
}

describe('a forged datagram', () => {
  it('from port 0, where nothing can be sent, is counted and begins nothing', () => {
    const { desk, socket, batches, sentTo, flush } = stage();
    for (const bytes of [request('profile'), ack(1), Buffer.from([0, 1, 0]), Buffer.from('nonsense')]) desk.onDatagram(socket, bytes, from('10.20.0.9', 0));
    flush();
    expect([desk.size, sentTo.size, batches.length]).toEqual([0, 0, 0]);
    expect(desk.figures().ignored).toBe(4);
  });
});

describe('a flood of requests from invented addresses', () => {
  it('never makes the desk hold more than 8,192 transfers, and phones that answer stay', () => {
    const { desk, socket, batches, sentTo, flush } = stage();
    const honest = from('10.20.0.7', 50_000);
    desk.onDatagram(socket, request('profile', { blksize: 1_428 }), honest);
    flush();
    const exchange = batches[0]?.asked[0]?.kind === 'open' ? batches[0].asked[0].request.exchange : '';
    desk.onAnswer({ kind: 'source', exchange, source: { kind: 'bytes', bytes: new Uint8Array(5_000), sha256: 'aa' } });
    desk.onDatagram(socket, ack(0), honest);
    for (let n = 0; n < 20_000; n += 1) desk.onDatagram(socket, request('profile'), from(`10.${String(n >> 16)}.${String((n >> 8) & 255)}.${String(n & 255)}`, 1_024 + n));
    expect(desk.size).toBe(8_192);
    const before = sentTo.get('10.20.0.7:50000') ?? 0;
    desk.onDatagram(socket, ack(1), honest);
    expect(sentTo.get('10.20.0.7:50000')).toBe(before + 1);
  });

  it('lets an honest phone begin while the desk is full', () => {
    const { desk, socket, batches, sentTo, flush } = stage();
    for (let n = 0; n < 10_000; n += 1) desk.onDatagram(socket, request('profile'), from(`10.9.${String(n >> 8)}.${String(n & 255)}`, 2_000));
    flush();
    batches.length = 0;
    desk.onDatagram(socket, request('profile'), from('10.20.0.7', 50_000));
    flush();
    const asked = batches.flatMap((batch) => batch.asked).find((each) => each.kind === 'open' && each.request.peer.address === '10.20.0.7');
    expect(asked).toBeDefined();
    if (asked?.kind !== 'open') return;
    desk.onAnswer({ kind: 'source', exchange: asked.request.exchange, source: { kind: 'bytes', bytes: new Uint8Array(10), sha256: 'aa' } });
    expect(sentTo.get('10.20.0.7:50000')).toBe(1);
    desk.onDatagram(socket, ack(1), from('10.20.0.7', 50_000));
    flush();
    expect(batches.flatMap((batch) => batch.seen).filter(({ outcome }) => outcome.kind === 'delivered')).toMatchObject([{ peer: { address: '10.20.0.7' }, outcome: { bytes: 10, confirmed: true } }]);
  });

  it('finds transfers of many phones that all use the same port', () => {
    const { desk, socket, batches, flush } = stage();
    for (let n = 0; n < 500; n += 1) desk.onDatagram(socket, request('profile'), from(`10.9.${String(n >> 8)}.${String(n & 255)}`, 49_152));
    flush();
    for (const asked of batches.flatMap((batch) => batch.asked)) {
      if (asked.kind === 'open') desk.onAnswer({ kind: 'source', exchange: asked.request.exchange, source: { kind: 'bytes', bytes: new Uint8Array(10), sha256: 'aa' } });
    }
    for (let n = 0; n < 500; n += 1) desk.onDatagram(socket, ack(1), from(`10.9.${String(n >> 8)}.${String(n & 255)}`, 49_152));
    expect(desk.size).toBe(0);
    expect(desk.figures()).toMatchObject({ transfers: 0, delivered: 500, broken: 0 });
  });
});
