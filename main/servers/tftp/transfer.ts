import type { RemoteInfo, Socket } from 'node:dgram';
import type { Outcome, Peer } from '../../../common/values/observation.ts';
import type { Shelf } from './body.ts';
import type { WireOptions } from './codec.ts';
import type { Files } from './file-body.ts';
import type { HostAnswer } from './messages.ts';
import type { TftpRead } from './needs.ts';
import type { Outbox } from './outbox.ts';

/** One transfer as the desk sees it, whatever its direction. */
export interface Transfer {
  readonly request: TftpRead;
  readonly socket: Socket;
  /** Text of the request's packet, to know a repeated one. */
  readonly fingerprint: string;
  /** When `tick` is due, by the worker's steady clock; Infinity for never. */
  wakeAt: number;
  /** Something came after the request. */
  wasHeard(): boolean;
  /** Holds one of the slots that limits count. */
  holdsSlot(): boolean;
  /** The same request came again on the same port. True when it is a repeated packet, false when the phone began anew. */
  isRepeated(fingerprint: string, now: number): boolean;
  answered(answer: HostAnswer): void;
  /** A DATA, ACK or ERROR of this transfer's peer. */
  receive(bytes: Buffer, now: number): void;
  again(now: number): void;
  tick(now: number): void;
  /** Bytes done and to do, for the progress line. */
  moved(): { readonly bytes: number; readonly total: number | null };
  readonly startedAt: number;
  /** Ends it now: the phone is told when `message` is given. */
  stop(code: string, message: string | null): void;
}

/** What the worker counts; `WorkerFigures` without the live number. */
export interface Counters {
  delivered: number;
  broken: number;
  refused: number;
  ignored: number;
  retransmits: number;
  bytes: number;
}

/** What a transfer uses of its worker. */
export interface Floor {
  readonly shelf: Shelf;
  readonly files: Files;
  readonly outbox: Outbox;
  readonly counters: Counters;
  /** Largest block for this address: smaller where large ones were lost before. */
  maxBlockSize(address: string): number;
  /** Blocks above 512 bytes never arrived there: small ones from now on. */
  largeBlocksLost(address: string): void;
  /** Steady milliseconds. */
  clock(): number;
  /** The rare packets: trouble of the network is noticed here. */
  send(socket: Socket, packet: Uint8Array, peer: Peer): void;
  ended(transfer: Transfer): void;
}

/** What a request starts with. */
export interface Opening {
  readonly socket: Socket;
  readonly request: TftpRead;
  readonly options: WireOptions;
  readonly fingerprint: string;
}

export function peerOf(from: RemoteInfo): Peer {
  return { address: from.address, port: from.port };
}

/** Tells the host what happened to a transfer. */
export function report(
  floor: Floor, transfer: { readonly request: TftpRead; readonly startedAt: number }, asked: 'RRQ' | 'WRQ', outcome: Outcome,
  detail?: Readonly<Record<string, string | number | boolean>>,
): void {
  const { peer, path, exchange } = transfer.request;
  const seen = {
    at: Date.now(), peer, asked, facts: { path }, outcome, exchange,
    tookMs: Math.round((floor.clock() - transfer.startedAt) * 10) / 10,
  };
  floor.outbox.see(detail === undefined ? seen : { ...seen, detail });
}
