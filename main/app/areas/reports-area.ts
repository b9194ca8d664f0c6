import type { Store } from '../../store/store.ts';
import { answers } from './context.ts';

export interface ReportsAreaNeeds {
  readonly store: Store;
}

export function reportsArea({ store }: ReportsAreaNeeds) {
  const { reports } = answers;
  return reports.router({
    list: reports.list.handler(({ input: { mac, before, limit } }) =>
      store.reports.page({ limit, ...(mac === undefined ? {} : { mac }), ...(before === undefined ? {} : { before }) })),
    text: reports.text.handler(async ({ input }) => {
      const text = await store.reports.masked(input.id);
      return text === null ? null : { text };
    }),
    compare: reports.compare.handler(() => []),
  });
}
