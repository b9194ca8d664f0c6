import type { Kysely, Selectable } from 'kysely';
import type { Failure } from '../../common/values/failure.ts';
import type { Mac } from '../../common/values/mac.ts';
import type { ReportView } from '../../common/values/report.ts';
import type { BenchTables } from './schema.ts';
import type { Store } from './store.ts';

const SHOWN = ['id', 'mac', 'at', 'kind', 'path', 'stored', 'bytes', 'sha256', 'encrypted', 'parameters', 'failure'] as const;

/** Reports of one phone whose text can be shown without opening the file. */
const READABLE = 20;

export function reportTable(tables: Kysely<BenchTables>): Store['reports'] {
  return {
    add: async ({ failure, ...row }) => {
      const values = { ...row, failure: failure === null ? null : JSON.stringify(failure) };
      const added = await tables.insertInto('reports').values(values).returning('id').executeTakeFirstOrThrow();
      // A phone reports for years: the file in `uploads/` and the row stay, the readable copy only of the last ones.
      const kept = tables.selectFrom('reports').select('id').where('mac', 'is', row.mac).orderBy('id', 'desc').limit(READABLE);
      await tables.updateTable('reports').set({ masked: null }).where('mac', 'is', row.mac).where('masked', 'is not', null).where('id', 'not in', kept).execute();
      return added.id;
    },
    page: async ({ mac, before, limit }) => {
      let query = tables.selectFrom('reports').select(SHOWN).orderBy('id', 'desc').limit(limit + 1);
      if (mac !== undefined) query = query.where('mac', '=', mac);
      if (before !== undefined) query = query.where('id', '<', before);
      const rows = await query.execute();
      return { rows: rows.slice(0, limit).map(toView), more: rows.length > limit };
    },
    masked: async (id) => (await tables.selectFrom('reports').select('masked').where('id', '=', id).executeTakeFirst())?.masked ?? null,
    last: async (mac) => {
      const row = await tables.selectFrom('reports').selectAll()
        .where('mac', '=', mac).where('kind', '=', 'report').where('failure', 'is', null).orderBy('id', 'desc').limit(1).executeTakeFirst();
      return row ? { ...toView(row), masked: row.masked } : null;
    },
  };
}

function toView({ mac, kind, encrypted, failure, id, at, path, stored, bytes, sha256, parameters }: Omit<Selectable<BenchTables['reports']>, 'masked'>): ReportView {
  return {
    id, at, path, stored, bytes, sha256, parameters,
    mac: mac as Mac | null,
    kind: kind as ReportView['kind'],
    encrypted: encrypted as ReportView['encrypted'],
    failure: failure === null ? null : (JSON.parse(failure) as Failure),
  };
}
