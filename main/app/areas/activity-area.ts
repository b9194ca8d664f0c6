import type { RequestRow, SyslogRow } from '../../../common/contract/views/activity.ts';
import type { Mac } from '../../../common/values/mac.ts';
import type { ActivityFeed } from '../live/activity-feed.ts';
import { toRequestRow, withoutBeginnings } from '../live/request-row.ts';
import type { Register } from '../state/register.ts';
import type { Store, StoredLine } from '../../store/store.ts';
import { readSearch } from '../live/search.ts';
import { answers } from './context.ts';

export interface ActivityAreaNeeds {
  readonly store: Store;
  readonly register: Register;
  readonly feed: ActivityFeed;
}

export function activityArea({ store, register, feed }: ActivityAreaNeeds) {
  const { activity, evidence } = answers;
  const numberOf = (mac: Mac): number | null => register.get(mac)?.number ?? null;
  const byNumber = (number: number): Mac | undefined => register.all().find((device) => device.number === number)?.mac;
  return {
    activity: activity.router({
      watch: activity.watch.handler(({ signal }) => feed.watch(signal)),
      requests: activity.requests.handler(async ({ input }): Promise<{ rows: readonly RequestRow[]; more: boolean }> => {
        const search = readSearch(input.text, byNumber);
        const mac = input.mac ?? search.mac;
        if (mac === null) return { rows: [], more: false };
        const page = await store.evidence.page({
          ...search.terms,
          ...(mac === undefined ? {} : { mac }),
          ...(input.before === undefined ? {} : { before: input.before }),
          limit: input.limit,
        });
        return { rows: withoutBeginnings(page.rows).map((row) => toRequestRow(row, numberOf)), more: page.more };
      }),
      syslog: activity.syslog.handler(async ({ input }) => {
        const search = readSearch(input.text, byNumber);
        const mac = input.mac ?? search.mac;
        const total = await store.syslog.total();
        if (mac === null) return { rows: [], more: false, total };
        const page = await store.syslog.search({
          ...(search.terms.text === undefined ? {} : { text: search.terms.text }),
          ...(mac === undefined ? {} : { mac }),
          ...(input.worstSeverity === undefined ? {} : { worstSeverity: input.worstSeverity }),
          ...(input.before === undefined ? {} : { before: input.before }),
          limit: input.limit,
        });
        return { rows: page.rows.map((line) => toSyslogRow(line, numberOf)), more: page.more, total };
      }),
    }),
    evidence: evidence.router({
      after: evidence.after.handler(({ input }) => store.evidence.after(input.seq, input.limit, input.mac)),
      verify: evidence.verify.handler(() => store.evidence.verify()),
    }),
  };
}

export function toSyslogRow({ id, at, severity, mac, peer, text }: StoredLine, numberOf: (mac: Mac) => number | null): SyslogRow {
  return { id, at, severity, mac, number: mac ? numberOf(mac) : null, peer, text };
}
