import { done, failed, type Result } from '../../../common/values/failure.ts';
import { parseMac } from '../../../common/values/mac.ts';
import { readModel } from '../device/model-name.ts';
import { matchesOwnPath } from './own-path.ts';
import type { Device } from '../device/device.ts';

/** The part of a stored template that decides whom it is for, and under which name. */
export interface Scoped {
  readonly scope: string | null;
  /** null: the names that a factory-fresh phone asks for. */
  readonly path: string | null;
}

/** Reads `*`, a MAC or a product in any spelling, and gives the one spelling that is kept. */
export function readScope(text: string): Result<string> {
  const clean = text.trim();
  if (clean === '*') return done('*');
  const scope = parseMac(clean) ?? readModel(clean);
  return scope === null ? failed('template.scope-wrong', { scope: clean.slice(0, 40) }) : done(scope);
}

/** The template for a phone under the usual names: the one for its MAC, else for its model, else for all. */
export function pickTemplate<Row extends Scoped>(rows: readonly Row[], device: Pick<Device, 'mac' | 'model'>): Row | null {
  return nearest(rows.filter(({ path }) => path === null), device);
}

/** The template with a name of its own that a request for `path` means, for this phone. */
export function pickByPath<Row extends Scoped>(rows: readonly Row[], device: Pick<Device, 'mac' | 'model'>, path: string): Row | null {
  return nearest(rows.filter((row) => row.path !== null && matchesOwnPath(row.path, path)), device);
}

/** Every template that a phone can be given: the usual one, then those with names of their own. */
export function templatesFor<Row extends Scoped>(rows: readonly Row[], device: Pick<Device, 'mac' | 'model'>): readonly Row[] {
  const paths = new Set(rows.map(({ path }) => path));
  const picked = Array.from(paths, (path) => nearest(rows.filter((row) => row.path === path), device)).filter((row) => row !== null);
  return [...picked.filter(({ path }) => path === null), ...picked.filter(({ path }) => path !== null)];
}

function nearest<Row extends Scoped>(rows: readonly Row[], device: Pick<Device, 'mac' | 'model'>): Row | null {
  const forScope = (scope: string | null): Row | undefined =>
    scope === null ? undefined : rows.find((row) => row.scope === scope);
  return forScope(device.mac) ?? forScope(device.model) ?? forScope('*') ?? null;
}
