import type { HostAnswer } from './messages.ts';

/**
 * Bytes on their way from the host to the workers: one copy in memory that all threads share, however many phones ask for
 * the same at once. Without it a flood of 10,000 requests for a profile of 20 KB is 200 MB of copies.
 */
export interface Handover {
  /** The answer with bytes that a worker may keep; the app's own stay untouched. */
  share(answer: HostAnswer): HostAnswer;
}

/** Kept for the next phone that asks for the same; what a worker still uses lives on without it. */
const MOST_KEPT = 16 * 1024 * 1024;

export function openHandover(mostKept = MOST_KEPT): Handover {
  /** By hash and length, the oldest first. */
  const kept = new Map<string, Uint8Array>();
  let sum = 0;
  return {
    share(answer) {
      if (answer.kind !== 'source' || answer.source.kind !== 'bytes') return answer;
      const { bytes, sha256 } = answer.source;
      const key = `${sha256} ${String(bytes.length)}`;
      let shared = kept.get(key);
      if (shared === undefined) {
        shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
        shared.set(bytes);
        kept.set(key, shared);
        sum += shared.length;
        for (const [oldest, { length }] of kept) {
          if (sum <= mostKept) break;
          kept.delete(oldest);
          sum -= length;
        }
      }
      return { ...answer, source: { ...answer.source, bytes: shared } };
    },
  };
}
