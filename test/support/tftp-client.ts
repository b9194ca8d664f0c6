import { createSocket, type Socket } from 'node:dgram';
import { setTimeout as wait } from 'node:timers/promises';
import { bindQuietly } from './ports.ts';
import { simpleReader } from './tftp-simulation.ts';

export interface FetchOptions {
  readonly port: number;
  readonly path: string;
  readonly blockSize?: number;
  readonly window?: number;
  /** 0–1, for both directions. */
  readonly loss?: number;
  /** Never acknowledge the last block. */
  readonly vanish?: boolean;
  readonly address?: string;
  /** Milliseconds in all, 60,000 unless given. */
  readonly within?: number;
}

/** Loads a file with a client that owes nothing to our codec; rejects with the server's error text. */
export async function fetchFile(options: FetchOptions): Promise<Uint8Array> {
  const { blockSize = 512, window = 1, loss = 0, address = '127.0.0.1' } = options;
  const socket = createSocket('udp4');
  let peer: number | null = null;
  let refusal: string | null = null;
  let whole = false;
  const say = (bytes: Uint8Array, to: number): void => { if (Math.random() >= loss) socket.send(bytes, to, address); };
  const reader = simpleReader((packet) => {
    if (peer !== null && !(options.vanish === true && whole)) say(packet, peer);
  }, { blockSize, window, timer: 250 });
  const asked = request(options.path, { ...(blockSize === 512 ? {} : { blksize: blockSize }), ...(window === 1 ? {} : { windowsize: window }) });
  socket.on('message', (bytes, from) => {
    if (Math.random() < loss) return;
    peer ??= from.port;
    if (from.port !== peer) return;
    if (bytes[1] === 5) refusal = bytes.subarray(4, -1).toString('latin1');
    whole = bytes[1] === 3 && bytes.length - 4 < blockSize;
    reader.receive(bytes, performance.now());
  });
  await bindQuietly(socket);
  say(asked, options.port);
  let askAgain = performance.now() + 250;
  const end = performance.now() + (options.within ?? 60_000);
  try {
    while (!reader.finished()) {
      await wait(5);
      const now = performance.now();
      if (refusal !== null) throw new Error(refusal);
      if (now > end) throw new Error(`no end after ${String(reader.bytes().length)} bytes`);
      if (peer === null) {
        if (now > askAgain) { say(asked, options.port); askAgain = now + 250; }
      } else if (now > reader.wakeAt()) reader.wake(now);
    }
    return reader.bytes();
  } finally {
    socket.close();
  }
}

export function request(path: string, options: Readonly<Record<string, string | number>> = {}, opcode: 1 | 2 = 1, mode = 'octet'): Buffer {
  return Buffer.from([`\0${String.fromCharCode(opcode)}${path}`, mode, ...Object.entries(options).flat(), ''].join('\0'), 'latin1');
}

/** A bare socket that keeps what it hears. */
export async function openPhone(): Promise<{
  readonly socket: Socket; readonly heard: { readonly bytes: Buffer; readonly port: number }[];
  send(bytes: Uint8Array, port: number): void; next(): Promise<{ readonly bytes: Buffer; readonly port: number }>;
  /** The next packet that is not like `seen`: on a busy machine a packet may come twice. */
  nextBut(seen: Uint8Array): Promise<{ readonly bytes: Buffer; readonly port: number }>; close(): void;
}> {
  const socket = createSocket('udp4');
  const heard: { readonly bytes: Buffer; readonly port: number }[] = [];
  let taken = 0;
  socket.on('message', (bytes, from) => { heard.push({ bytes, port: from.port }); });
  await bindQuietly(socket);
  async function next(): Promise<{ readonly bytes: Buffer; readonly port: number }> {
    for (let tries = 0; tries < 8_000; tries += 1) {
      const packet = heard[taken];
      if (packet !== undefined) { taken += 1; return packet; }
      await wait(5);
    }
    throw new Error('nothing was heard for 40 s');
  }
  return {
    socket, heard, next,
    send(bytes, port) { socket.send(bytes, port, '127.0.0.1'); },
    async nextBut(seen) {
      for (;;) {
        const packet = await next();
        if (Buffer.compare(packet.bytes, seen) !== 0) return packet;
      }
    },
    close() { socket.close(); },
  };
}
