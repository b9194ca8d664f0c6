/** What Electron's main process tells the bench process. `attach` brings one end of a MessagePort pair. */
export type ToBench = { readonly kind: 'attach' } | { readonly kind: 'stop' };

/** What the bench process tells the main process. */
export type FromBench =
  | { readonly kind: 'ready' }
  /** It cannot open: an expected failure as a sentence in the person's language; starting again would not help. */
  | { readonly kind: 'refused'; readonly sentence: string };

/** Sent by the preload to ask for a port, and back with it. Nothing else crosses between page and main process. */
export const CONNECT_CHANNEL = 'dialbench-connect';
export const PORT_CHANNEL = 'dialbench-port';
