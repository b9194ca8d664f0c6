import type { Kysely } from 'kysely';
import type { BenchOperations } from './bench-operations.ts';
import type { BenchTables } from './schema.ts';
import type { Store } from './store.ts';
import type { Thread } from './thread.ts';

export function firmwareTable(tables: Kysely<BenchTables>, thread: Thread<BenchOperations>): Store['firmware'] {
  return {
    all: async () => {
      const rows = await tables.selectFrom('firmware').selectAll().orderBy('name').execute();
      return rows.map(({ added_at, siblings, ...row }) => ({
        ...row, addedAt: added_at, siblings: siblings === null ? null : (JSON.parse(siblings) as readonly string[]),
      }));
    },
    put: async ({ addedAt, siblings, name, ...rest }) => {
      const columns = { ...rest, added_at: addedAt, siblings: siblings === null ? null : JSON.stringify(siblings) };
      const put = tables.insertInto('firmware').values({ name, ...columns }).onConflict((conflict) => conflict.column('name').doUpdateSet(columns));
      await thread.call('batch', [put.compile()], true);
    },
    remove: async (names) => {
      if (names.length > 0) await thread.call('batch', [tables.deleteFrom('firmware').where('name', 'in', names).compile()], true);
    },
  };
}
