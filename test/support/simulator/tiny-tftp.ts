import { createSocket } from 'node:dgram';
import type { Socket } from 'node:dgram';

/** A file's bytes, or an ERROR packet with this code. */
export type TftpAnswer = Uint8Array | number;

export interface TinyTftp {
  readonly port: number;
  /** Names in the order they were asked for, opcode first: `RRQ /x`, `WRQ /y`. */
  readonly asked: string[];
  /** Options of each request. */
  readonly options: Readonly<Record<string, string>>[];
  /** Names whose last block was acknowledged. */
  readonly confirmed: string[];
  /** What was written, by name. */
  readonly written: Map<string, Buffer>;
  stop(): Promise<void>;
}

/**
 * A TFTP server of its own for tests, straight from RFC 1350, 2347 and 2348 and of no other code's making: lock-step, blksize, one
 * socket for each transfer, no retransmission.
 */
export async function startTinyTftp(answer: (name: string) => TftpAnswer): Promise<TinyTftp> {
  const sockets = new Set<Socket>();
  const asked: string[] = [];
  const options: Record<string, string>[] = [];
  const confirmed: string[] = [];
  const written = new Map<string, Buffer>();
  const main = createSocket('udp4');
  sockets.add(main);
  main.on('message', (packet, peer) => {
    const opcode = packet.readUInt16BE(0);
    const fields = packet.toString('latin1', 2).split('\0');
    const name = fields[0] ?? '';
    const given: Record<string, string> = {};
    for (let index = 2; index + 1 < fields.length; index += 2) given[(fields[index] ?? '').toLowerCase()] = fields[index + 1] ?? '';
    asked.push(`${opcode === 1 ? 'RRQ' : 'WRQ'} ${name}`);
    options.push(given);
    const socket = createSocket('udp4');
    sockets.add(socket);
    const send = (bytes: Uint8Array): void => socket.send(bytes, peer.port, peer.address);
    const size = Number(given['blksize'] ?? 512);
    const agreed = given['blksize'] === undefined ? null : Buffer.from(`\0\x06blksize\0${size}\0`, 'latin1');
    if (opcode === 2) {
      const blocks: Buffer[] = [];
      socket.on('message', (data) => {
        if (data.readUInt16BE(0) !== 3) return;
        if (data.readUInt16BE(2) === blocks.length + 1) blocks.push(Buffer.from(data.subarray(4)));
        if (data.length < size + 4) written.set(name, Buffer.concat(blocks));
        send(Buffer.from([0, 4, data[2] ?? 0, data[3] ?? 0]));
      });
      return send(agreed ?? Buffer.from([0, 4, 0, 0]));
    }
    const file = answer(name);
    if (typeof file === 'number') return send(Buffer.from(`\0\x05\0${String.fromCharCode(file)}no such file\0`, 'latin1'));
    const last = Math.floor(file.length / size) + 1;
    const block = (number: number): Uint8Array =>
      Buffer.concat([Buffer.from([0, 3, number >> 8, number & 0xff]), file.subarray((number - 1) * size, number * size)]);
    socket.on('message', (ack) => {
      if (ack.readUInt16BE(0) !== 4) return;
      const number = ack.readUInt16BE(2);
      if (number === last) confirmed.push(name);
      else send(block(number + 1));
    });
    send(agreed ?? block(1));
  });
  await new Promise<void>((resolve) => main.bind(0, '127.0.0.1', resolve));
  return {
    port: main.address().port, asked, options, confirmed, written,
    stop: async () => {
      await Promise.all([...sockets].map((socket) => new Promise<void>((resolve) => socket.close(() => resolve()))));
    },
  };
}
