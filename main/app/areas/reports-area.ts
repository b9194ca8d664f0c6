import type { Mac } from '../../../common/values/mac.ts';
import { compareReported } from '../../domain/profile/document/compare.ts';
import { readDocument } from '../../domain/profile/document/document.ts';
import type { Store } from '../../store/store.ts';
import { servedTogether } from '../serve/served-together.ts';
import { factoryOf, type DictionaryShelf } from '../state/dictionary.ts';
import { answers } from './context.ts';

export interface ReportsAreaNeeds {
  readonly store: Store;
  readonly dictionary: DictionaryShelf;
  /** Whether a template is for this phone now. */
  isFor(mac: Mac): (template: string) => boolean;
}

export function reportsArea({ store, isFor, dictionary }: ReportsAreaNeeds) {
  const { reports } = answers;
  return reports.router({
    list: reports.list.handler(({ input: { mac, before, limit } }) =>
      store.reports.page({ limit, ...(mac === undefined ? {} : { mac }), ...(before === undefined ? {} : { before }) })),
    text: reports.text.handler(async ({ input }) => {
      const text = await store.reports.masked(input.id);
      return text === null ? null : { text };
    }),
    compare: reports.compare.handler(async ({ input }) => {
      const [served, reported] = await Promise.all([servedTogether(store, input.mac, isFor(input.mac)), store.reports.last(input.mac)]);
      if (reported?.masked == null) return [];
      return compareReported(readDocument(served ?? ''), readDocument(reported.masked), factoryOf(await dictionary()));
    }),
  });
}
