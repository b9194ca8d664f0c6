import type { BenchEvent, BenchView } from '../../../common/contract/views/bench.ts';
import type { PhonePatch, PhoneView } from '../../../common/contract/views/phone.ts';
import type { Mac } from '../../../common/values/mac.ts';
import { mergeRows, type RowKeys } from './merge-rows.ts';

const KEYS: RowKeys<PhonePatch, Mac> = { row: ({ mac }) => mac, gone: (mac) => mac, join: (older, newer) => ({ ...older, ...newer }) };

type Delta = Extract<BenchEvent, { kind: 'delta' }>;

/** Folds two events that a UI has not taken yet into one that leaves it in the same state. */
export function mergeBenchEvents(older: BenchEvent, newer: BenchEvent): BenchEvent {
  if (newer.kind === 'snapshot') return newer;
  if (older.kind === 'snapshot') return { kind: 'snapshot', view: applyDelta(older.view, newer) };
  const { rows: phones, removed } = mergeRows({ ...older, rows: older.phones }, { ...newer, rows: newer.phones }, KEYS);
  return { ...older, ...newer, phones, removed };
}

/** The view after a delta: what a UI shows once it has taken both. */
export function applyDelta(view: BenchView, delta: Delta): BenchView {
  const phones = new Map<Mac, PhoneView>(view.phones.map((phone) => [phone.mac, phone]));
  for (const mac of delta.removed) phones.delete(mac);
  for (const patch of delta.phones) {
    // The first patch of a phone carries every field.
    phones.set(patch.mac, { ...phones.get(patch.mac), ...patch } as PhoneView);
  }
  return {
    info: { ...(delta.info ?? view.info), now: delta.now },
    phones: [...phones.values()],
    counts: delta.counts ?? view.counts,
    finish: delta.finish === undefined ? view.finish : delta.finish,
    worklist: delta.worklist ?? view.worklist,
    servers: delta.servers ?? view.servers,
  };
}
