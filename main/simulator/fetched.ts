/** How one request for a file ended. */
export type Fetched =
  /** `coding` is the Content-Encoding of the answer; none by TFTP. */
  | { readonly kind: 'file'; readonly bytes: Uint8Array; readonly coding?: string }
  | { readonly kind: 'redirect'; readonly location: string }
  /** `answer` is what the server said, `error 1` or `404`; null when it said nothing. */
  | { readonly kind: 'failed'; readonly reaction: 'B' | 'C'; readonly error: string; readonly answer: string | null }
  /** The phone lost its power during the transfer. */
  | { readonly kind: 'power-lost' };

export function notFetched(error: string, reaction: 'B' | 'C' = 'C', answer: string | null = null): Fetched {
  return { kind: 'failed', reaction, error, answer };
}
