import type { Kysely } from 'kysely';
import { ownerKey, type KeyOwner, type KeyUse } from '../../common/values/key.ts';
import type { BenchOperations } from './bench-operations.ts';
import type { BenchTables } from './schema.ts';
import type { Store } from './store.ts';
import type { Thread } from './thread.ts';

export function keyTable(tables: Kysely<BenchTables>, thread: Thread<BenchOperations>): Store['keys'] {
  return {
    all: async () => {
      const rows = await tables.selectFrom('keys').selectAll().orderBy('created_at').execute();
      return rows.map(({ owner, use, created_at, shown_at, ...rest }) => ({
        ...rest, owner: readOwner(owner), use: use as KeyUse, createdAt: created_at, shownAt: shown_at,
      }));
    },
    put: async (rows) => {
      const queries = rows.flatMap(({ id, owner, use, sealed, fingerprint, createdAt, shownAt }) => {
        const own = ownerKey(owner);
        const columns = { id, owner: own, use, sealed, fingerprint, created_at: createdAt, shown_at: shownAt };
        return [
          tables.deleteFrom('keys').where('owner', '=', own).where('use', '=', use).where('id', '!=', id).compile(),
          tables.insertInto('keys').values(columns).onConflict((conflict) => conflict.column('id').doUpdateSet(columns)).compile(),
        ];
      });
      await thread.call('batch', queries, true);
    },
    remove: async (id) => (await tables.deleteFrom('keys').where('id', '=', id).executeTakeFirstOrThrow()).numDeletedRows > 0n,
  };
}

function readOwner(text: string): KeyOwner {
  const colon = text.indexOf(':');
  const [kind, rest] = [text.slice(0, colon), text.slice(colon + 1)];
  if (kind === 'phone') return { kind, mac: rest as Extract<KeyOwner, { kind: 'phone' }>['mac'] };
  return { kind: kind === 'batch' ? 'batch' : 'customer', name: rest };
}
