import { createHash } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { notFetched } from './fetched.ts';
import type { NotFetched, StreamedFile } from './fetched.ts';
import { reactToTftpError } from './reaction.ts';
import { isMiddle, SILENT_MS } from './strike.ts';
import type { ImageManner } from './strike.ts';
import type { TftpPlace } from './tftp-get.ts';
import { acknowledgement, readRequest, readServerPacket } from './tftp-packets.ts';
import type { ServerPacket } from './tftp-packets.ts';

/** One Ethernet frame; the options that real phones send are not confirmed. */
const BLOCK_SIZE = 1428;
/** The block without options (RFC 1350). */
const CLASSIC_BLOCK = 512;
const TIMEOUT_MS = 1000;
const RETRIES = 5;

/**
 * Reads a file by TFTP and keeps nothing of it but its hash, for images of up to 200 MB: blksize 1428, tsize, the window of
 * RFC 7440 where one is asked for, block numbers that roll over to 0. Written apart from the bench's server; the npm package that
 * profiles come by cannot do windows.
 * @param window blocks; 1 asks for none
 */
export function tftpStream(place: TftpPlace, window: number, manner: ImageManner, signal: AbortSignal): Promise<StreamedFile | NotFetched> {
  const request = readRequest(place.path, { blksize: BLOCK_SIZE, tsize: 0, ...(window > 1 ? { windowsize: window } : {}) });
  if (request === null) return Promise.resolve(notFetched('The name cannot be asked for by TFTP'));
  if (signal.aborted) return Promise.resolve(notFetched('Cancelled'));
  return new Promise((resolve) => new Reading(place, window, manner, signal, request, resolve));
}

class Reading {
  private readonly place: TftpPlace;
  private readonly asked: number;
  private readonly manner: ImageManner;
  private readonly signal: AbortSignal;
  private readonly resolve: (end: StreamedFile | NotFetched) => void;
  private readonly socket = createSocket('udp4');
  private readonly hash = createHash('sha256');
  private readonly timer: NodeJS.Timeout;
  /** RFC 1350 §4: the transfer belongs to one port of the server. */
  private port: number | null = null;
  private lastSent: Buffer;
  private tries = 0;
  private blockSize = CLASSIC_BLOCK;
  private window = 1;
  private total: number | null = null;
  /** Number of the last block in order, 16 bits, and how many of its window have come. */
  private last = 0;
  private inWindow = 0;
  private gapTold = false;
  private length = 0;
  private silent = false;
  private ended = false;

  constructor(
    place: TftpPlace, window: number, manner: ImageManner, signal: AbortSignal, request: Buffer, resolve: (end: StreamedFile | NotFetched) => void,
  ) {
    this.place = place;
    this.asked = window;
    this.manner = manner;
    this.signal = signal;
    this.resolve = resolve;
    this.lastSent = request;
    this.timer = setTimeout(() => this.again(), TIMEOUT_MS);
    signal.addEventListener('abort', this.cancel, { once: true });
    this.socket.on('error', (error) => this.finish(notFetched(error.message)));
    this.socket.on('message', (bytes, from) => {
      if (from.address !== place.address || (this.port !== null && from.port !== this.port)) return;
      const packet = readServerPacket(bytes);
      if (packet === null || this.silent || this.ended) return;
      this.port = from.port;
      this.take(packet);
    });
    this.transmit(request);
  }

  private readonly cancel = (): void => this.finish(notFetched('Cancelled'));

  private take(packet: ServerPacket): void {
    if (packet.kind === 'error') {
      const { reaction, error } = reactToTftpError(packet.code, packet.message);
      return this.finish(notFetched(error, reaction, `error ${packet.code}`));
    }
    if (packet.kind === 'oack') return this.agree(packet.options);
    const ahead = (packet.block - this.last) & 0xffff;
    if (ahead === 1) return this.takeBlock(packet.payload);
    // RFC 7440 §4: the last block in order is told once for each gap. A block that came twice: the acknowledgement was lost.
    if (ahead === 0 && this.length > 0) return this.acknowledge();
    if (ahead < 0x8000 && !this.gapTold && this.length > 0) {
      this.gapTold = true;
      this.acknowledge();
    }
  }

  private agree(options: ReadonlyMap<string, number>): void {
    if (this.length > 0 || this.last > 0) return;
    const blockSize = options.get('blksize') ?? CLASSIC_BLOCK;
    const window = options.get('windowsize') ?? 1;
    if (blockSize < 8 || blockSize > BLOCK_SIZE || window < 1 || window > this.asked) return this.finish(notFetched('The server grants what was not asked for'));
    this.blockSize = blockSize;
    this.window = window;
    this.total = options.get('tsize') ?? null;
    this.acknowledge();
  }

  private takeBlock(payload: Uint8Array): void {
    if (payload.length > this.blockSize) return this.finish(notFetched('A block is longer than agreed'));
    this.last = (this.last + 1) & 0xffff;
    this.inWindow += 1;
    this.gapTold = false;
    this.tries = 0;
    this.timer.refresh();
    this.hash.update(payload);
    this.length += payload.length;
    const { strikes, vanish } = this.manner;
    if (strikes !== null && isMiddle(this.length, this.total)) return strikes === 'power' ? this.finish({ kind: 'power-lost' }) : this.fallSilent();
    if (payload.length === this.blockSize) {
      if (this.inWindow >= this.window) this.acknowledge();
      return;
    }
    const end = (): void => this.finish({ kind: 'file', length: this.length, sha256: this.hash.digest('hex') });
    if (vanish || this.port === null) return end();
    this.socket.send(acknowledgement(this.last), this.port, this.place.address, end);
  }

  private acknowledge(): void {
    this.inWindow = 0;
    this.lastSent = acknowledgement(this.last);
    const send = (): void => this.transmit(this.lastSent);
    if (this.manner.restMs > 0) setTimeout(send, this.manner.restMs);
    else send();
  }

  private transmit(bytes: Buffer): void {
    if (!this.ended && !this.silent) this.socket.send(bytes, this.port ?? this.place.port, this.place.address);
  }

  /** The server has not spoken for a while: what was sent last is sent again. */
  private again(): void {
    if (this.ended) return;
    if (this.silent || this.tries >= RETRIES) return this.finish(notFetched('Timed out'));
    this.tries += 1;
    this.inWindow = 0;
    this.timer.refresh();
    this.transmit(this.lastSent);
  }

  private fallSilent(): void {
    this.silent = true;
    clearTimeout(this.timer);
    setTimeout(() => this.again(), SILENT_MS).unref();
  }

  private finish(end: StreamedFile | NotFetched): void {
    if (this.ended) return;
    this.ended = true;
    clearTimeout(this.timer);
    this.signal.removeEventListener('abort', this.cancel);
    this.socket.close();
    this.resolve(end);
  }
}
