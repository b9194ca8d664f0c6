import type { Kysely } from 'kysely';
import { UNPROTECTED, type Protection } from '../../common/values/protection.ts';
import type { BenchOperations } from './bench-operations.ts';
import type { BenchTables } from './schema.ts';
import type { Store, TemplateRow } from './store.ts';
import type { Thread } from './thread.ts';

/** Older texts of a template that are kept. */
const MOST_VERSIONS = 200;

export function templateTable(tables: Kysely<BenchTables>, thread: Thread<BenchOperations>): Store['templates'] {
  return {
    all: async () => {
      const rows = await tables.selectFrom('templates').selectAll().orderBy('name').execute();
      return rows.map(toRow);
    },
    put: async (row) => {
      const { name, text, scope, changedAt, path, protection, version } = row;
      // A scope holds one template for each path: the one before stays, assigned to nobody.
      const release = tables.updateTable('templates').set({ scope: null })
        .where('scope', '=', scope).where('path', 'is', path).where('name', '!=', name);
      const columns = { text, scope, changed_at: changedAt, path, protection: JSON.stringify(protection), version };
      const put = tables.insertInto('templates').values({ name, ...columns }).onConflict((conflict) => conflict.column('name').doUpdateSet(columns));
      const keep = tables.insertInto('template_versions').values({ name, version, at: changedAt, text }).onConflict((conflict) => conflict.doNothing());
      const forget = tables.deleteFrom('template_versions').where('name', '=', name).where('version', '<=', version - MOST_VERSIONS);
      await thread.call('batch', [release.compile(), put.compile(), keep.compile(), forget.compile()], true);
    },
    remove: async (name) => {
      const gone = tables.deleteFrom('templates').where('name', '=', name);
      const texts = tables.deleteFrom('template_versions').where('name', '=', name);
      const [answer] = await thread.call('batch', [gone.compile(), texts.compile()], true);
      return (answer?.changes ?? 0) > 0;
    },
    version: async (name, version) => {
      const row = await tables.selectFrom('template_versions').select('text').where('name', '=', name).where('version', '=', version).executeTakeFirst();
      return row?.text ?? null;
    },
    versions: (name) =>
      tables.selectFrom('template_versions').select(['version', 'at', 'text']).where('name', '=', name).orderBy('version', 'desc').execute(),
  };
}

function toRow({ name, text, scope, changed_at, path, protection, version }: BenchTables['templates']): TemplateRow {
  const kept = protection === null ? UNPROTECTED : (JSON.parse(protection) as Protection);
  return { name, text, scope, changedAt: changed_at, path, protection: kept, version };
}
