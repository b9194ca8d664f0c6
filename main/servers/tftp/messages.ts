import type { ObservedFacts, Outcome, Peer, TransferProgress } from '../../../common/values/observation.ts';
import type { TftpRead, TftpSink, TftpSource, TftpUpload } from './needs.ts';

/** What a worker is started with. */
export interface WorkerOrder {
  readonly address: string;
  /** Never 0: the host finds a free one first, so that all workers share it. */
  readonly port: number;
  /** Several workers share the port; the kernel spreads the phones over them. */
  readonly shared: boolean;
  readonly singlePort: boolean;
  /** For peers beyond the card: its MTU − 32. */
  readonly maxBlockSize: number;
  readonly maxTransfersPerPeer: number;
  /** Begins every exchange's name, unique for each start of each worker. */
  readonly prefix: string;
}

/** Host to worker. */
export type ToWorker =
  | { readonly kind: 'answers'; readonly answers: readonly HostAnswer[] }
  /** Another worker learnt that large blocks are lost on the way to this address. */
  | { readonly kind: 'small'; readonly address: string }
  | { readonly kind: 'stop' };

export type HostAnswer =
  | { readonly kind: 'source'; readonly exchange: string; readonly source: TftpSource }
  | { readonly kind: 'sink'; readonly exchange: string; readonly sink: TftpSink }
  | { readonly kind: 'recorded'; readonly exchange: string; readonly ok: boolean };

/** Worker to host. */
export type FromWorker =
  | { readonly kind: 'listening'; readonly port: number; readonly receiveBuffer: number }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  | WorkerBatch;

/** All that happened in one turn of the worker's loop, in order of kind: one crossing instead of many. */
export interface WorkerBatch {
  readonly kind: 'batch';
  /** Wall clock of the worker when this was sent: the host reads its own clock and subtracts the way. */
  readonly sentAt: number;
  readonly asked: readonly Asked[];
  readonly seen: readonly Seen[];
  readonly progress: readonly TransferProgress[];
  readonly figures: WorkerFigures | null;
  /** The network refused a packet (`ENETUNREACH` …), or takes them again (null). */
  readonly trouble?: string | null;
  /** Addresses where large blocks were lost: the other workers must know, since the phone's next port may be theirs. */
  readonly small?: readonly string[];
}

export type Asked =
  | { readonly kind: 'open'; readonly request: TftpRead }
  | { readonly kind: 'accept'; readonly request: TftpRead }
  | { readonly kind: 'received'; readonly upload: TftpUpload };

/** An observation without what the host knows better: the bench's clock and the server's name. */
export interface Seen {
  readonly at: number;
  readonly peer: Peer;
  readonly asked: string;
  readonly facts: ObservedFacts;
  readonly outcome: Outcome;
  readonly exchange?: string;
  readonly tookMs?: number;
  readonly detail?: Readonly<Record<string, string | number | boolean>>;
}

export interface WorkerFigures {
  /** Transfers that hold a slot now. */
  readonly transfers: number;
  /** The rest counts since the worker's start. */
  readonly delivered: number;
  readonly broken: number;
  readonly refused: number;
  readonly ignored: number;
  readonly retransmits: number;
  readonly bytes: number;
}
