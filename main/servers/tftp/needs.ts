import type { Observation, Peer, TransferProgress } from '../../../common/values/observation.ts';

/** A request to read (RRQ) or write (WRQ), as the phone spelled it: nothing of the path is cleaned or resolved here. */
export interface TftpRead {
  readonly peer: Peer;
  /** 1–512 characters without control characters. */
  readonly path: string;
  readonly mode: 'octet' | 'netascii';
  /** Names this transfer in every observation and progress report. */
  readonly exchange: string;
}

/** A refusal: `error` is the RFC 1350 code, `message` what the phone sees, `code` the sentence for people. */
export interface TftpRefusal {
  readonly kind: 'refuse';
  readonly error: number;
  readonly message: string;
  readonly code: string;
  /** What its sentence names. */
  readonly detail?: Readonly<Record<string, string | number | boolean>> | undefined;
}

/** What a read request gets. */
export type TftpSource =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly sha256: string }
  /**
   * An absolute path, opened by the worker; anything but a regular file of exactly `size` bytes is refused, and with `stamp`
   * (`main/disk/file-stamp.ts`) anything but the file that had it when it was hashed.
   */
  | { readonly kind: 'file'; readonly file: string; readonly size: number; readonly sha256: string | null; readonly stamp?: string }
  | TftpRefusal;

/** Where a write request goes. */
export type TftpSink =
  /** A unique absolute path, created exclusively; more than `limit` bytes end the transfer with error 3. */
  | { readonly kind: 'accept'; readonly file: string; readonly limit: number }
  | TftpRefusal;

/** An upload that is whole and closed on disk; the phone's last block is acknowledged after `received` resolves. */
export interface TftpUpload {
  readonly request: TftpRead;
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** What the TFTP server asks of the bench. Everything is called on the bench host's thread. */
export interface TftpNeeds {
  /** Asked once for each read transfer. A rejection or 10 s of silence ends the transfer with error 0. */
  open(request: TftpRead): Promise<TftpSource>;
  /** Asked once for each write transfer. */
  accept(request: TftpRead): Promise<TftpSink>;
  /** A rejection removes the file and tells the phone error 3. */
  received(upload: TftpUpload): Promise<void>;
  observe(observation: Observation): void;
  /** At most 4 a second for each transfer, in batches. */
  progress(progress: readonly TransferProgress[]): void;
  /** `status()` tells something new; at most twice a second. */
  changed(): void;
}
