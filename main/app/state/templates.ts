import type { TemplateVersion } from '../../../common/contract/views/profiles.ts';
import type { TemplateView } from '../../../common/contract/views/workspace.ts';
import { done, failed, type Result } from '../../../common/values/failure.ts';
import { UNPROTECTED, type Protection } from '../../../common/values/protection.ts';
import type { Device } from '../../domain/device/device.ts';
import { readOwnPath } from '../../domain/profile/own-path.ts';
import { readScope, templatesFor } from '../../domain/profile/scope.ts';
import { readTemplate } from '../../domain/profile/template.ts';
import type { Store, TemplateRow } from '../../store/store.ts';
import { createTurn } from '../turn.ts';
import { countLines } from './line-count.ts';

export interface Added {
  readonly view: TemplateView;
  /** The template that held the scope before. */
  readonly unassigned: string | null;
}

/** What is left out stays as it was; for a new template it is nobody, the usual names, in clear. */
export interface TemplateChange {
  readonly name: string;
  readonly text?: string | undefined;
  readonly scope?: string | null | undefined;
  readonly path?: string | null | undefined;
  readonly protection?: Protection | undefined;
  /** Version that the change was made from. */
  readonly base?: number | undefined;
}

/** The templates of the workspace and whom they are for. A scope holds one template for each path. */
export interface Templates {
  list(): readonly TemplateView[];
  rows(): readonly TemplateRow[];
  show(name: string): { readonly view: TemplateView; readonly text: string } | null;
  /** Stores a template. The one that held the scope before stays, unassigned, and is named. The same again writes nothing. */
  put(change: TemplateChange): Promise<Result<Added>>;
  remove(name: string): Promise<boolean>;
  /** Newest first. */
  history(name: string): Promise<readonly TemplateVersion[]>;
  version(name: string, version: number): Promise<string | null>;
}

export interface TemplatesNeeds {
  readonly store: Store;
  now(): number;
  devices(): readonly Device[];
  changed(rows: readonly TemplateRow[], isFirst: boolean): void;
}

export async function openTemplates({ store, now, devices, changed }: TemplatesNeeds): Promise<Templates> {
  let rows = await store.templates.all();
  changed(rows, true);
  const find = (name: string): TemplateRow | undefined => rows.find((row) => row.name === name);
  /** One change at a time: two people who save at once must see each other's version. */
  const inTurn = createTurn();

  return {
    list: () => {
      const counts = countPhones(rows, devices());
      return rows.map((row) => toView(row, counts.get(row.name) ?? 0));
    },
    rows: () => rows,
    show: (name) => {
      const row = find(name);
      return row ? { view: viewOf(row), text: row.text } : null;
    },
    put: (change) => inTurn(() => put(change)),
    remove: (name) => inTurn(async () => {
      const removed = await store.templates.remove(name);
      await reload();
      return removed;
    }),
    history: async (name) => {
      const versions = await store.templates.versions(name);
      return versions.map(({ version, at, text }, index) => ({
        version, at, bytes: Buffer.byteLength(text), ...countLines(versions[index + 1]?.text ?? '', text),
      }));
    },
    version: store.templates.version,
  };

  async function put(change: TemplateChange): Promise<Result<Added>> {
    const before = find(change.name);
    if (change.base !== undefined && before && before.version !== change.base) {
      return failed('template.changed', { name: change.name, version: before.version, base: change.base });
    }
    const text = change.text ?? before?.text;
    if (text === undefined) return failed('template.unknown', { name: change.name });
    const scope = typeof change.scope === 'string' ? readScope(change.scope) : done(change.scope === null ? null : (before?.scope ?? null));
    if (!scope.ok) return scope;
    const path = typeof change.path === 'string' ? readOwnPath(change.path) : done(change.path === null ? null : (before?.path ?? null));
    if (!path.ok) return path;
    const template = readTemplate(text);
    if (!template.ok) return template;
    const plan = { name: change.name, text, scope: scope.value, path: path.value, protection: change.protection ?? before?.protection ?? UNPROTECTED };
    if (before && isSame(before, plan)) return done({ view: viewOf(before), unassigned: null });
    const unassigned = plan.scope === null ? undefined
      : rows.find((row) => row.scope === plan.scope && row.path === plan.path && row.name !== plan.name);
    const version = before === undefined ? 1 : before.version + (before.text === text ? 0 : 1);
    await store.templates.put({ ...plan, version, changedAt: now() });
    await reload();
    const stored = find(change.name);
    return stored ? done({ view: viewOf(stored), unassigned: unassigned?.name ?? null }) : failed('template.unknown', { name: change.name });
  }

  function viewOf(row: TemplateRow): TemplateView {
    return toView(row, countPhones(rows, devices()).get(row.name) ?? 0);
  }

  async function reload(): Promise<void> {
    rows = await store.templates.all();
    changed(rows, false);
  }
}

function isSame(before: TemplateRow, plan: Omit<TemplateRow, 'version' | 'changedAt'>): boolean {
  return before.text === plan.text && before.scope === plan.scope && before.path === plan.path &&
    JSON.stringify(before.protection) === JSON.stringify(plan.protection);
}

function countPhones(rows: readonly TemplateRow[], devices: readonly Device[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const device of devices) {
    if (!device.enrolled) continue;
    for (const { name } of templatesFor(rows, device)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

function toView({ name, scope, text, changedAt, path, protection, version }: TemplateRow, phones: number): TemplateView {
  const template = readTemplate(text);
  return {
    name, scope, path, protection, version, phones, changedAt,
    bytes: Buffer.byteLength(text),
    variables: template.ok ? template.value.variables : [],
  };
}
