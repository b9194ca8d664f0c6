import { createSocket } from 'node:dgram';
import { notFetched } from './fetched.ts';
import type { Fetched } from './fetched.ts';
import { MAX_PROFILE_BYTES } from './profile.ts';
import { reactToTftpError } from './reaction.ts';
import type { TftpPlace } from './tftp-get.ts';

export interface Misbehaviour {
  /** Never acknowledge the last block. */
  readonly vanish: boolean;
  /** Fall silent after this many blocks; null = never. */
  readonly dieAfter: number | null;
  /** Real milliseconds before every acknowledgement. */
  readonly delayMs: number;
}

const OPCODE = { data: 3, error: 5 } as const;
const BLOCK = 512;
const GIVE_UP_MS = 8000;

/**
 * A bare RFC 1350 reader (octet, 512 bytes, no options) that does wrong on purpose: what no decent client package can be told to do.
 *
 *   RRQ  | 00 01 | name | 00 | "octet" | 00 |      DATA | 00 03 | block | 0–512 bytes |
 *   ACK  | 00 04 | block |                         ERROR| 00 05 | code  | text | 00 |
 */
export function tftpGetBadly(place: TftpPlace, badly: Misbehaviour, signal: AbortSignal): Promise<Fetched> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve(notFetched('Cancelled'));
    const socket = createSocket('udp4');
    const blocks: Buffer[] = [];
    let server: number | null = null;
    let ended = false;
    const finish = (result: Fetched): void => {
      if (ended) return;
      ended = true;
      clearTimeout(limit);
      signal.removeEventListener('abort', cancel);
      socket.close();
      resolve(result);
    };
    const cancel = (): void => finish(notFetched('Cancelled'));
    let limit = setTimeout(() => finish(notFetched('Timed out')), GIVE_UP_MS);
    signal.addEventListener('abort', cancel, { once: true });
    const acknowledge = (block: number, port: number): void => {
      const send = (): void => {
        if (!ended) socket.send(Buffer.from([0, 4, block >> 8, block & 0xff]), port, place.address);
      };
      if (badly.delayMs > 0) setTimeout(send, badly.delayMs);
      else send();
    };
    socket.on('error', (error) => finish(notFetched(error.message)));
    socket.on('message', (packet, from) => {
      // RFC 1350 §4: the transfer belongs to one port of the server.
      server ??= from.port;
      if (from.port !== server || packet.length < 4) return;
      const code = packet.readUInt16BE(2);
      if (packet.readUInt16BE(0) === OPCODE.error) {
        const reaction = reactToTftpError(code, packet.toString('latin1', 4).replaceAll('\0', ''));
        return finish(notFetched(reaction.error, reaction.reaction, `error ${code}`));
      }
      if (packet.readUInt16BE(0) !== OPCODE.data) return;
      if (code === (blocks.length & 0xffff)) return acknowledge(code, from.port);
      if (code !== ((blocks.length + 1) & 0xffff)) return;
      blocks.push(Buffer.from(packet.subarray(4)));
      clearTimeout(limit);
      limit = setTimeout(() => finish(notFetched('Timed out')), GIVE_UP_MS);
      const last = packet.length < 4 + BLOCK;
      if (badly.dieAfter !== null && (blocks.length >= badly.dieAfter || last)) return finish({ kind: 'power-lost' });
      if (blocks.length * BLOCK > MAX_PROFILE_BYTES) return finish(notFetched('File too large'));
      if (!last) return acknowledge(code, from.port);
      if (!badly.vanish) socket.send(Buffer.from([0, 4, code >> 8, code & 0xff]), from.port, place.address, () => end());
      else end();
    });
    const end = (): void => finish({ kind: 'file', bytes: Buffer.concat(blocks) });
    socket.send(Buffer.from(`\0\x01${place.path}\0octet\0`, 'latin1'), place.port, place.address);
  });
}
