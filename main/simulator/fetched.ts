/** How one request for a file ended. */
export type Fetched = FetchedFile | { readonly kind: 'redirect'; readonly location: string } | NotFetched;

/** `coding` is the Content-Encoding of the answer; none by TFTP. */
export interface FetchedFile {
  readonly kind: 'file';
  readonly bytes: Uint8Array;
  readonly coding?: string;
}

/** A file that went through the phone piece by piece: only its length and hash are left. */
export interface StreamedFile {
  readonly kind: 'file';
  readonly length: number;
  readonly sha256: string;
}

export type Streamed = StreamedFile | { readonly kind: 'redirect'; readonly location: string } | NotFetched;

export type NotFetched =
  /** `answer` is what the server said, `error 1` or `404`; null when it said nothing. */
  | { readonly kind: 'failed'; readonly reaction: 'B' | 'C'; readonly error: string; readonly answer: string | null }
  /** The phone lost its power during the transfer. */
  | { readonly kind: 'power-lost' };

export function notFetched(error: string, reaction: 'B' | 'C' = 'C', answer: string | null = null): Extract<NotFetched, { kind: 'failed' }> {
  return { kind: 'failed', reaction, error, answer };
}
