import { maskText } from '../../domain/profile/secrets.ts';
import type { NewLine, PageOf, Store, StoredLine } from '../store.ts';
import type { Thread } from '../thread.ts';
import { matchOf } from './match.ts';
import type { SyslogOperations } from './operations.ts';

export type SyslogLog = Store['syslog'];

/** Lines gather this long before they are sent, unless the thread is waiting for them. */
const BATCH_MS = 50;
const BATCH_LINES = 2_000;
/** About 4 s of 20,000 lines a second, or 20 MB: longer than any merge of the index. */
const MOST_WAITING = 80_000;

/** The lines on the side of the servers: a bounded queue in front of their thread; what does not fit is counted as lost. */
export function syslogLog(thread: Thread<SyslogOperations>): SyslogLog {
  const waiting: NewLine[] = [];
  let inFlight = 0;
  let lost = 0;
  let timer: NodeJS.Timeout | null = null;
  let sending: Promise<void> | null = null;

  const sendAll = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, BATCH_LINES);
      inFlight = batch.length;
      try {
        await thread.call('append', batch);
      } catch {
        // The thread has told its trouble already; these lines are gone.
        lost += batch.length;
      }
      inFlight = 0;
    }
    sending = null;
  };
  const send = (): Promise<void> => {
    if (timer) clearTimeout(timer);
    timer = null;
    sending ??= sendAll();
    return sending;
  };
  return {
    append: (lines) => {
      if (waiting.length + inFlight + lines.length > MOST_WAITING) {
        lost += lines.length;
        return false;
      }
      for (const line of lines) waiting.push({ ...line, text: maskText(line.text) });
      if (sending) return true;
      if (waiting.length >= BATCH_LINES) void send();
      else timer ??= setTimeout(() => void send(), BATCH_MS);
      return true;
    },
    search: (query) => search(thread, query),
    total: () => thread.call('total'),
    lost: () => lost,
    flush: async () => {
      while (waiting.length > 0 || sending) await send();
    },
  };
}

async function search(thread: Thread<SyslogOperations>, { text, mac, worstSeverity, before, limit }: Parameters<SyslogLog['search']>[0]): Promise<PageOf<StoredLine>> {
  const match = text === undefined ? null : matchOf(text);
  // Words were typed, and none of them can be looked for: `--` is on no line.
  if (match === null && text !== undefined && text.trim() !== '') return { rows: [], more: false };
  const filter = { match, mac: mac ?? null, worstSeverity: worstSeverity ?? null, before: before ?? null };
  const rows = await thread.call('search', { ...filter, limit: limit + 1 });
  return { rows: rows.slice(0, limit), more: rows.length > limit };
}
