import { describe, expect, it } from 'vitest';
import { PagedList } from '../../../../../renderer/screens/activity/paged-list.ts';

interface Row {
  readonly id: number;
  readonly good: boolean;
}
const row = (id: number, good = true): Row => ({ id, good });

function listOf(pages: readonly (readonly Row[])[], asked: (number | undefined)[] = []) {
  let next = 0;
  return new PagedList<Row>({
    position: ({ id }) => id,
    key: ({ id }) => id,
    passes: ({ good }) => good,
    load: (before) => {
      asked.push(before);
      const rows = pages[next] ?? [];
      next += 1;
      return Promise.resolve({ rows, more: next < pages.length });
    },
  });
}
const ids = (list: PagedList<Row>) => list.live.view.get().rows.map(({ id }) => id);

describe('a live list with its older rows', () => {
  it('reads the newest page, then on behind its last row', async () => {
    const asked: (number | undefined)[] = [];
    const list = listOf([[row(9), row(8)], [row(7)]], asked);
    await list.reload();
    await list.older();
    expect(ids(list)).toEqual([9, 8, 7]);
    expect(asked).toEqual([undefined, 8]);
    expect(list.state.get()).toEqual({ loading: false, more: false, failure: null });
  });

  it('puts new rows on top in their order, whatever order they came in', async () => {
    const list = listOf([[row(2)]]);
    await list.reload();
    list.push([row(3), row(4), row(5, false)]);
    expect(ids(list)).toEqual([4, 3, 2]);
  });

  it('reads on by itself while the filter leaves nothing of a page', async () => {
    const list = listOf([[row(9, false)], [row(8, false)], [row(7)], [row(6)]]);
    await list.reload();
    expect(ids(list)).toEqual([7]);
    expect(list.state.get().more).toBe(true);
  });

  it('shows one row for an exchange, the newest, also when a page holds its beginning', async () => {
    const list = new PagedList<Row>({ position: ({ id }) => id, key: () => 'transfer 7', passes: () => true, load: () => Promise.resolve({ rows: [row(9), row(8)], more: false }) });
    await list.reload();
    expect(ids(list)).toEqual([9]);
  });

  it('gives up after five empty pages, and goes on from there when asked', async () => {
    const list = listOf([...Array.from({ length: 6 }, (_, index) => [row(20 - index, false)]), [row(3)]]);
    await list.reload();
    expect(ids(list)).toEqual([]);
    expect(list.state.get()).toMatchObject({ loading: false, more: true });
    await list.older();
    expect(ids(list)).toEqual([3]);
  });

  it('drops the answer to an earlier question that comes late', async () => {
    const waiting: ((rows: readonly Row[]) => void)[] = [];
    const list = new PagedList<Row>({
      position: ({ id }) => id, key: ({ id }) => id, passes: () => true,
      load: () => new Promise((resolve) => waiting.push((rows) => resolve({ rows, more: false }))),
    });
    const first = list.reload();
    const second = list.reload();
    waiting[1]?.([row(2)]);
    await second;
    waiting[0]?.([row(1)]);
    await first;
    expect(ids(list)).toEqual([2]);
  });

  it('keeps what it shows when reading fails, and says why', async () => {
    const list = new PagedList<Row>({ position: ({ id }) => id, key: ({ id }) => id, passes: () => true, load: () => Promise.reject(new Error('gone')) });
    list.push([row(1)]);
    await list.reload();
    expect(ids(list)).toEqual([1]);
    expect(list.state.get().failure).toEqual(new Error('gone'));
  });
});
