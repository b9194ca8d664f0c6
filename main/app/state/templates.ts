import type { TemplateView } from '../../../common/contract/views/workspace.ts';
import { done, failed, type Result } from '../../../common/values/failure.ts';
import { readScope } from '../../domain/profile/scope.ts';
import { readTemplate } from '../../domain/profile/template.ts';
import type { Store, TemplateRow } from '../../store/store.ts';

/** The templates of the workspace and whom they are for. A scope holds one template. */
export interface Templates {
  list(): readonly TemplateView[];
  show(name: string): { readonly view: TemplateView; readonly text: string } | null;
  /** Stores a template. The one that held the scope before stays, unassigned, and is named. */
  add(name: string, text: string, scope: string | null): Promise<Result<{ view: TemplateView; unassigned: string | null }>>;
  remove(name: string): Promise<boolean>;
}

export async function openTemplates(store: Store, now: () => number, changed: (rows: readonly TemplateRow[], isFirst: boolean) => void): Promise<Templates> {
  let rows = await store.templates.all();
  changed(rows, true);

  return {
    list: () => rows.map(toView),
    show: (name) => {
      const row = rows.find((candidate) => candidate.name === name);
      return row ? { view: toView(row), text: row.text } : null;
    },
    add: async (name, text, typedScope) => {
      if (text.trim() === '') return failed('template.empty');
      const read = typedScope === null ? done(null) : readScope(typedScope);
      if (!read.ok) return read;
      const scope = read.value;
      const template = readTemplate(text);
      if (!template.ok) return template;
      const before = scope === null ? undefined : rows.find((row) => row.scope === scope && row.name !== name);
      if (before) await store.templates.put({ ...before, scope: null });
      const row: TemplateRow = { name, text, scope, changedAt: now() };
      await store.templates.put(row);
      await reload();
      return done({ view: toView(row), unassigned: before?.name ?? null });
    },
    remove: async (name) => {
      const removed = await store.templates.remove(name);
      await reload();
      return removed;
    },
  };

  async function reload(): Promise<void> {
    rows = await store.templates.all();
    changed(rows, false);
  }
}

function toView({ name, scope, text, changedAt }: TemplateRow): TemplateView {
  const template = readTemplate(text);
  return { name, scope, bytes: Buffer.byteLength(text), variables: template.ok ? template.value.variables : [], changedAt };
}
