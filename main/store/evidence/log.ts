import { CHAIN_START } from '../../domain/evidence/chain.ts';
import { failed } from '../../../common/values/failure.ts';
import type { Device } from '../../domain/device/device.ts';
import type { EvidenceRow, NewEvidence } from '../../domain/evidence/row.ts';
import { withoutSecrets } from '../../domain/evidence/without-secrets.ts';
import type { BenchOperations } from '../bench-operations.ts';
import { StoreFailed } from '../failure.ts';
import type { PageOf, Store } from '../store.ts';
import type { Thread } from '../thread.ts';

/** Longest wait of a row for its commit, and most rows of one commit. */
const BATCH_MS = 50;
const BATCH_ROWS = 1_000;
/** Rows that may wait while the disk is slow; beyond it nothing is taken, so that memory stays bounded. */
const MOST_WAITING = 100_000;
/** Rows that one request looks at, so that a lease never waits behind a long search (about 10 ms). */
const STEP = 10_000;
const VERIFY_STEP = 500;

export type EvidenceLog = Store['evidence'] & {
  /** Sends what waits; resolves once committed. */
  flush(): Promise<void>;
};

interface Appended {
  readonly rows: readonly NewEvidence[];
  readonly resolve: (rows: readonly EvidenceRow[]) => void;
  readonly reject: (error: unknown) => void;
}

/** The evidence on the side of the servers: rows gather for at most 50 ms and go to the thread as one transaction. */
export function evidenceLog(thread: Thread<BenchOperations>): EvidenceLog {
  let waiting: Appended[] = [];
  let changed = new Map<string, Device>();
  let rowsWaiting = 0;
  let rowsInFlight = 0;
  let timer: NodeJS.Timeout | null = null;
  let sent: Promise<void> = Promise.resolve();

  const send = (): Promise<void> => {
    if (timer) clearTimeout(timer);
    timer = null;
    if (waiting.length === 0) return sent;
    const batch = waiting;
    const rows = batch.flatMap((appended) => appended.rows);
    const devices = Array.from(changed.values());
    waiting = [];
    changed = new Map();
    rowsWaiting = 0;
    rowsInFlight += rows.length;
    sent = commit(thread, batch, rows, devices).finally(() => (rowsInFlight -= rows.length));
    return sent;
  };
  return {
    append: (rows, devices) => {
      if (rowsWaiting + rowsInFlight + rows.length > MOST_WAITING) {
        return Promise.reject(new StoreFailed(failed('workspace.write-failed', { cause: `${MOST_WAITING} rows wait` }).failure));
      }
      return new Promise((resolve, reject) => {
        waiting.push({ rows: rows.map(withoutSecrets), resolve, reject });
        for (const device of devices) changed.set(device.mac, device);
        rowsWaiting += rows.length;
        if (rowsWaiting >= BATCH_ROWS) void send();
        else timer ??= setTimeout(() => void send(), BATCH_MS);
      });
    },
    flush: send,
    page: (query) => page(thread, query),
    after: async (seq, limit, mac) => thread.call('after', seq, limit, mac ?? null),
    verify: () => verify(thread),
  };
}

async function commit(thread: Thread<BenchOperations>, batch: readonly Appended[], rows: readonly NewEvidence[], devices: readonly Device[]): Promise<void> {
  try {
    const { first, hashes } = await thread.call('append', rows, devices);
    let at = 0;
    for (const { rows: own, resolve } of batch) {
      const base = at;
      resolve(own.map((row, index) => ({ ...row, seq: first + base + index, hash: hashes[base + index] ?? '' })));
      at += own.length;
    }
  } catch (error) {
    for (const { reject } of batch) reject(error);
  }
}

async function page(thread: Thread<BenchOperations>, query: Parameters<Store['evidence']['page']>[0]): Promise<PageOf<EvidenceRow>> {
  const { mac, server, answer, text, before, limit } = query;
  const words = (text ?? '').toLowerCase().split(/\s+/).filter((word) => word !== '').slice(0, 16);
  const filter = {
    ...(mac === undefined ? {} : { mac }),
    ...(server === undefined ? {} : { server }),
    ...(answer === undefined ? {} : { answer: answer.toLowerCase() }),
    words,
  };
  // An index finds the rows of one phone, one server or one answer at once; everything else is looked through in steps.
  const indexed = words.length === 0 && Object.keys(filter).length <= 2;
  const rows: EvidenceRow[] = [];
  let top = before ?? (await thread.call('last')) + 1;
  while (top > 1 && rows.length <= limit) {
    const floor = indexed ? 1 : Math.max(1, top - STEP);
    rows.push(...(await thread.call('scan', { ...filter, before: top, floor, limit: limit + 1 - rows.length })));
    top = floor;
  }
  return { rows: rows.slice(0, limit), more: rows.length > limit };
}

async function verify(thread: Thread<BenchOperations>): Promise<{ rows: number; brokenAt: number | null }> {
  let rows = 0;
  let last = { seq: 0, hash: CHAIN_START };
  for (;;) {
    const step = await thread.call('verify', last.seq, last.hash, VERIFY_STEP);
    if (step.brokenAt !== null) return { rows: rows + step.seq - last.seq, brokenAt: step.brokenAt };
    if (step.rows === 0) return { rows, brokenAt: null };
    rows += step.rows;
    last = { seq: step.seq, hash: step.hash };
  }
}
