import type { Observation, Peer, TransferProgress } from '../../../common/values/observation.ts';

export type HttpMethod = 'GET' | 'HEAD' | 'POST' | 'PUT';

/** Who the client says it is; a claim until the password has been checked. Passwords never leave the server. */
export interface ClaimedUser {
  readonly scheme: 'Basic' | 'Digest' | 'other';
  readonly user: string | null;
}

/** A received body, already complete on disk in the file that `spool` named. */
export interface ReceivedBody {
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** One request with everything that may matter for the answer. */
export interface HttpAsk {
  readonly server: 'http' | 'https';
  readonly peer: Peer;
  /** The bench's own end of this connection: what a phone must be told when it is sent back here. */
  readonly local: Peer;
  readonly method: HttpMethod;
  /**
   * Decoded once, starts with `/`, free of control characters, `..`, backslashes and drive letters; otherwise as asked
   * (several slashes stay). At most 2,048 characters. The resolver behind the needs is the judge of what it opens.
   */
  readonly path: string;
  /** The request target as it came, without its query. */
  readonly rawPath: string;
  /** Without the `?`, undecoded; empty when there is none. */
  readonly query: string;
  readonly userAgent: string | null;
  readonly contentType: string | null;
  /** `aes128gcm` on a report that the phone encrypted (RFC 8188); the body is kept as it came. */
  readonly contentEncoding: string | null;
  readonly authorization: ClaimedUser | null;
  /** Distinguished name of a verified client certificate; always null over plain HTTP. */
  readonly certificate: string | null;
  /** Same text as in the observations and the progress of this request. */
  readonly exchange: string;
  /** null for GET and HEAD and for an empty body. The server removes the file unless the answer is `stored`. */
  readonly body: ReceivedBody | null;
}

export type DigestAlgorithm = 'MD5' | 'SHA-256';

export type HttpAnswer =
  /** A filled profile or a small file. The bytes must not change afterwards. */
  | {
      readonly kind: 'bytes';
      readonly bytes: Uint8Array;
      readonly sha256: string;
      readonly contentType: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** A file of any size, read while it is sent. `sha256` null: the server hashes what it sends. */
  | {
      readonly kind: 'file';
      readonly file: string;
      /** Bytes; the server refuses to send a file that has another size by now. */
      readonly size: number;
      readonly sha256: string | null;
      /** What `main/disk/file-stamp.ts` said when it was hashed: a file with another one is refused. */
      readonly stamp?: string;
      readonly contentType: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Content made while it is sent: chunked for HTTP/1.1, ended by the end of the connection for HTTP/1.0. */
  | { readonly kind: 'stream'; readonly chunks: AsyncIterable<Uint8Array>; readonly contentType: string }
  /** Phones follow 301 and 302 only; every other 3xx is a failure to them (guide, table 2). */
  | { readonly kind: 'redirect'; readonly status: 301 | 302 | 303 | 307; readonly location: string }
  /** A report was taken under the name `as`, which goes into the evidence. */
  | { readonly kind: 'stored'; readonly status: 200 | 201 | 204; readonly as: string }
  /** 4xx or 5xx. `code` is the sentence for people and stands only in the evidence; the phone sees the bare status. */
  | {
      readonly kind: 'refuse';
      readonly status: number;
      readonly code: string;
      readonly detail?: Readonly<Record<string, string | number | boolean>>;
    }
  /**
   * Asks for a user and a password, checks them (nonces, expiry and replay included), and only then calls `proceed`.
   * `password` gives the clear password of a user, null for an unknown one.
   */
  | {
      readonly kind: 'challenge';
      readonly realm: string;
      readonly schemes: readonly ('Basic' | 'Digest')[];
      /** Order in which Digest is offered; MD5 then SHA-256 when absent. */
      readonly algorithms?: readonly DigestAlgorithm[];
      password(user: string): string | null;
      proceed(): Promise<HttpAnswer>;
    };

/** Where a body may be written: an absolute path that does not exist yet, and its cap in bytes. */
export type SpoolAnswer =
  | { readonly file: string; readonly limit: number }
  | { readonly refuse: { readonly status: number; readonly code: string } };

/** What the HTTP server asks of the app. */
export interface HttpNeeds {
  answer(ask: HttpAsk): Promise<HttpAnswer>;
  /** Called before a body is read (and before `100 Continue` is sent), with `body` null. */
  spool(ask: HttpAsk): Promise<SpoolAnswer>;
  observe(observation: Observation): void;
  /** Every 250 ms at most, with the transfers that moved since. */
  progress(transfers: readonly TransferProgress[]): void;
  /** State or figures of the server changed; at most once a second for figures. */
  changed(): void;
}
