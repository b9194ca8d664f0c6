import type { BenchEvent, BenchView } from '../../../common/contract/views/bench.ts';
import type { PhonePatch, PhoneView } from '../../../common/contract/views/phone.ts';
import type { ServersView } from '../../../common/contract/views/servers.ts';
import type { Mac } from '../../../common/values/mac.ts';
import { createBroadcast } from './broadcast.ts';
import { mergeBenchEvents } from './merge-bench.ts';

/** What the feed reads when it is time to tell the UIs. */
export interface BenchSource {
  /** `version` is the feed's business: any value will do. */
  phone(mac: Mac): PhoneView | null;
  macs(): readonly Mac[];
  summary(): BenchSummary;
  servers(): ServersView;
  /** Everything, for a UI that has just connected. */
  view(): BenchView;
  now(): number;
}

/** What is told of all phones together. */
export type BenchSummary = Omit<BenchView, 'phones' | 'servers'>;

/** Folds thousands of events a second into at most ten deltas a second, each with the changed fields of changed phones. */
export interface BenchFeed {
  touchPhone(mac: Mac): void;
  touchServers(): void;
  /** Counts, worklist and faces that change by the clock alone: looked at every 5 s. */
  touchAll(): void;
  watch(signal: AbortSignal | undefined): AsyncGenerator<BenchEvent, void, undefined>;
  stop(): void;
}

const TICK_MS = 100;
const SWEEP_MS = 5000;

export function createBenchFeed(source: BenchSource): BenchFeed {
  const sent = new Map<Mac, PhoneView>();
  const touched = new Set<Mac>();
  const broadcast = createBroadcast(mergeBenchEvents);
  let summary = '';
  let servers = true;
  let timer: NodeJS.Timeout | null = null;
  const sweep = setInterval(touchAll, SWEEP_MS);
  sweep.unref();

  return {
    touchPhone: (mac) => {
      touched.add(mac);
      arm();
    },
    touchServers: () => {
      servers = true;
      arm();
    },
    touchAll,
    watch: (signal) => {
      const view = source.view();
      const phones = view.phones.map((phone) => ({ ...phone, version: sent.get(phone.mac)?.version ?? 0 }));
      return broadcast.subscribe({ kind: 'snapshot', view: { ...view, phones } }, signal);
    },
    stop: () => {
      clearInterval(sweep);
      if (timer) clearTimeout(timer);
      broadcast.close();
    },
  };

  function touchAll(): void {
    for (const mac of source.macs()) touched.add(mac);
    for (const mac of sent.keys()) touched.add(mac);
    arm();
  }

  function arm(): void {
    timer ??= setTimeout(flush, TICK_MS);
  }

  function flush(): void {
    timer = null;
    const phones: PhonePatch[] = [];
    const removed: Mac[] = [];
    for (const mac of touched) {
      const phone = source.phone(mac);
      const before = sent.get(mac);
      if (!phone) {
        if (sent.delete(mac)) removed.push(mac);
        continue;
      }
      const patch = difference(before, phone);
      if (!patch) continue;
      sent.set(mac, { ...phone, version: patch.version });
      phones.push(patch);
    }
    touched.clear();
    if (broadcast.listeners === 0) {
      // Nobody looks: the next one gets a snapshot, and then everything that differs from it.
      summary = '';
      servers = true;
      return;
    }
    const told = source.summary();
    const text = JSON.stringify({ ...told, info: { ...told.info, now: 0 } });
    const event: BenchEvent = {
      kind: 'delta',
      now: source.now(),
      phones,
      removed,
      ...(text === summary ? {} : told),
      ...(servers ? { servers: source.servers() } : {}),
    };
    const empty = phones.length === 0 && removed.length === 0 && text === summary && !servers;
    summary = text;
    servers = false;
    if (!empty) broadcast.publish(event);
  }
}

/** The fields that changed, with the next version; null when nothing did. */
function difference(before: PhoneView | undefined, after: PhoneView): PhonePatch | null {
  if (!before) return { ...after, version: 1 };
  const changed = Object.entries(after).filter(
    ([key, value]) => key !== 'version' && !sameValue(before[key as keyof PhoneView], value),
  );
  if (changed.length === 0) return null;
  return { ...Object.fromEntries(changed), mac: after.mac, version: before.version + 1 };
}

function sameValue(one: unknown, other: unknown): boolean {
  return one === other || (typeof one === 'object' && JSON.stringify(one) === JSON.stringify(other));
}
