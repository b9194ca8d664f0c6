/** How one request for a file ended. */
export type Fetched =
  | { readonly kind: 'file'; readonly bytes: Uint8Array }
  | { readonly kind: 'redirect'; readonly location: string }
  | { readonly kind: 'failed'; readonly reaction: 'B' | 'C'; readonly error: string }
  /** The phone lost its power during the transfer. */
  | { readonly kind: 'power-lost' };

export function notFetched(error: string, reaction: 'B' | 'C' = 'C'): Fetched {
  return { kind: 'failed', reaction, error };
}
