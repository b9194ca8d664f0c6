import type { ActivityEvent, RequestRow, SyslogRow } from '../../../common/contract/views/activity.ts';
import { createBroadcast } from './broadcast.ts';
import type { RateCounter } from './rates.ts';

/** The live half of the activity screen: the newest rows four times a second, older ones are asked for by page. */
export interface ActivityFeed {
  requests(rows: readonly RequestRow[]): void;
  syslog(rows: readonly SyslogRow[]): void;
  watch(signal: AbortSignal | undefined): AsyncGenerator<ActivityEvent, void, undefined>;
  stop(): void;
}

const TICK_MS = 250;
/** Rows of each kind in one event: more than a person sees go by; the rest is counted as skipped. */
const MOST_ROWS = 200;

export function createActivityFeed(rates: RateCounter, syslogTotal: () => number): ActivityFeed {
  let requests: RequestRow[] = [];
  let syslog: SyslogRow[] = [];
  let skipped = 0;
  let beats = 0;
  const broadcast = createBroadcast<ActivityEvent>(mergeActivity);
  const timer = setInterval(tick, TICK_MS);
  timer.unref();

  return {
    requests: (rows) => {
      if (broadcast.listeners > 0) requests = keep(requests, rows);
    },
    syslog: (rows) => {
      if (broadcast.listeners > 0) syslog = keep(syslog, rows);
    },
    watch: (signal) => broadcast.subscribe(event([], [], 0), signal),
    stop: () => {
      clearInterval(timer);
      broadcast.close();
    },
  };

  function keep<T>(held: T[], rows: readonly T[]): T[] {
    const all = [...held, ...rows];
    const over = Math.max(0, all.length - MOST_ROWS);
    skipped += over;
    return over > 0 ? all.slice(over) : all;
  }

  /** Once a second even when nothing came, so that the rates go down again. */
  function tick(): void {
    if (broadcast.listeners === 0) return;
    beats += 1;
    if (requests.length === 0 && syslog.length === 0 && beats % 4 !== 0) return;
    broadcast.publish(event(requests, syslog, skipped));
    requests = [];
    syslog = [];
    skipped = 0;
  }

  function event(newRequests: readonly RequestRow[], newLines: readonly SyslogRow[], dropped: number): ActivityEvent {
    return { requests: newRequests, syslog: newLines, skipped: dropped, rates: rates.read(), syslogTotal: syslogTotal() };
  }
}

function mergeActivity(older: ActivityEvent, newer: ActivityEvent): ActivityEvent {
  const requests = [...older.requests, ...newer.requests];
  const syslog = [...older.syslog, ...newer.syslog];
  const over = Math.max(0, requests.length - MOST_ROWS) + Math.max(0, syslog.length - MOST_ROWS);
  return {
    ...newer,
    requests: requests.slice(-MOST_ROWS),
    syslog: syslog.slice(-MOST_ROWS),
    skipped: older.skipped + newer.skipped + over,
  };
}
