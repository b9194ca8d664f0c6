import { createHash } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { afterEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../main/simulator/random.ts';
import { DECENT } from '../../../main/simulator/strike.ts';
import { tftpStream } from '../../../main/simulator/tftp-stream.ts';
import { startTinyTftp } from '../../support/simulator/tiny-tftp.ts';

const stops: (() => Promise<void>)[] = [];
const never = new AbortController().signal;

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

function bytesOf(length: number): Buffer {
  const random = seededRandom(length);
  return Buffer.from(Uint8Array.from({ length }, () => Math.floor(random() * 256)));
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Sends by windows straight from RFC 7440; `spoil` tells how often each packet goes out: 0 lost, 2 twice. Nothing is sent again where nothing is lost. */
async function windowed(file: Buffer, blockSize: number, window: number, spoil: ((block: number) => number) | null = null): Promise<{ readonly port: number; readonly acks: () => number }> {
  const socket = createSocket('udp4');
  let acks = 0;
  const last = Math.floor(file.length / blockSize) + 1;
  const oack = Buffer.from(`\0\x06blksize\0${blockSize}\0tsize\0${file.length}\0${window > 1 ? `windowsize\0${window}\0` : ''}`, 'latin1');
  let base = 0;
  let timer: NodeJS.Timeout | null = null;
  socket.on('message', (packet, peer) => {
    const send = (bytes: Buffer): void => socket.send(bytes, peer.port, peer.address);
    if (packet.readUInt16BE(0) === 1) return send(oack);
    if (packet.readUInt16BE(0) !== 4) return;
    acks += 1;
    const ahead = (packet.readUInt16BE(2) - (base & 0xffff)) & 0xffff;
    if (ahead <= window) base += ahead;
    const round = (): void => {
      if (base >= last) return;
      for (let block = base + 1; block <= Math.min(base + window, last); block += 1) {
        const data = Buffer.concat([Buffer.of(0, 3, (block >> 8) & 0xff, block & 0xff), file.subarray((block - 1) * blockSize, block * blockSize)]);
        for (let copy = spoil?.(block) ?? 1; copy > 0; copy -= 1) send(data);
      }
      if (timer) clearTimeout(timer);
      if (spoil !== null) timer = setTimeout(round, 100);
    };
    round();
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  stops.push(() => {
    if (timer) clearTimeout(timer);
    return new Promise((resolve) => socket.close(() => resolve()));
  });
  return { port: socket.address().port, acks: () => acks };
}

describe('images by TFTP', () => {
  it.each([
    [1, 5000], [1, 1428 * 3], [4, 100_000], [64, 300_000], [16, 0],
  ])('come whole with a window of %i, %i bytes', async (window, length) => {
    const file = bytesOf(length);
    const server = await windowed(file, 1428, window);
    const got = await tftpStream({ address: '127.0.0.1', port: server.port, path: '/x.sbn' }, window, DECENT, never);
    expect(got).toEqual({ kind: 'file', length, sha256: sha256(file) });
    expect(server.acks()).toBeLessThanOrEqual(Math.ceil((Math.floor(length / 1428) + 1) / window) + 2);
  });

  it('come whole where block numbers roll over to 0', async () => {
    const file = bytesOf(8 * 66_000);
    const server = await windowed(file, 8, 64);
    const got = await tftpStream({ address: '127.0.0.1', port: server.port, path: '/x.sbn' }, 64, DECENT, never);
    expect(got).toEqual({ kind: 'file', length: file.length, sha256: sha256(file) });
  });

  it.each([1, 8])('come whole with a window of %i where packets are lost and come twice', async (window) => {
    const file = bytesOf(150_000);
    const random = seededRandom(5);
    const server = await windowed(file, 1428, window, () => (random() < 0.05 ? 0 : random() < 0.1 ? 2 : 1));
    const got = await tftpStream({ address: '127.0.0.1', port: server.port, path: '/x.sbn' }, window, DECENT, never);
    expect(got).toEqual({ kind: 'file', length: file.length, sha256: sha256(file) });
  });

  it('come in blocks of 512 from a server that knows no options', async () => {
    const file = bytesOf(2000);
    const socket = createSocket('udp4', (packet, peer) => {
      const block = packet.readUInt16BE(0) === 1 ? 1 : packet.readUInt16BE(2) + 1;
      if (block > 4) return;
      socket.send(Buffer.concat([Buffer.of(0, 3, 0, block), file.subarray((block - 1) * 512, block * 512)]), peer.port, peer.address);
    });
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    stops.push(() => new Promise((resolve) => socket.close(() => resolve())));
    const got = await tftpStream({ address: '127.0.0.1', port: socket.address().port, path: '/x.sbn' }, 16, DECENT, never);
    expect(got).toEqual({ kind: 'file', length: 2000, sha256: sha256(file) });
  });

  it('refuse a server that grants more than was asked for', async () => {
    const server = await windowed(bytesOf(10_000), 1428, 32);
    const got = await tftpStream({ address: '127.0.0.1', port: server.port, path: '/x.sbn' }, 4, DECENT, never);
    expect(got).toMatchObject({ kind: 'failed', error: 'The server grants what was not asked for' });
  });

  it('tell an ERROR packet, a name that cannot be asked, and the loss of power', async () => {
    const tiny = await startTinyTftp(() => 1);
    stops.push(() => tiny.stop());
    const place = { address: '127.0.0.1', port: tiny.port, path: '/x.sbn' };
    expect(await tftpStream(place, 1, DECENT, never)).toMatchObject({ kind: 'failed', reaction: 'B', answer: 'error 1' });
    expect(await tftpStream({ ...place, path: '/é' }, 1, DECENT, never)).toMatchObject({ kind: 'failed', answer: null });
    const server = await windowed(bytesOf(100_000), 1428, 1);
    expect(await tftpStream({ ...place, port: server.port }, 1, { ...DECENT, strikes: 'power' }, never)).toEqual({ kind: 'power-lost' });
    expect(await tftpStream(place, 1, DECENT, AbortSignal.abort())).toMatchObject({ kind: 'failed', error: 'Cancelled' });
  });
});
