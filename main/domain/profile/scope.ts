import { done, failed, type Result } from '../../../common/values/failure.ts';
import { parseMac } from '../../../common/values/mac.ts';
import { readModel } from '../device/model-name.ts';
import type { Device } from '../device/device.ts';

/** The part of a stored template that decides whom it is for. */
export interface Scoped {
  readonly scope: string | null;
}

/** Reads `*`, a MAC or a product in any spelling, and gives the one spelling that is kept. */
export function readScope(text: string): Result<string> {
  const clean = text.trim();
  if (clean === '*') return done('*');
  const scope = parseMac(clean) ?? readModel(clean);
  return scope === null ? failed('template.scope-wrong', { scope: clean.slice(0, 40) }) : done(scope);
}

/** The template for a phone: the one for its MAC, else for its model, else for all. */
export function pickTemplate<Row extends Scoped>(rows: readonly Row[], device: Pick<Device, 'mac' | 'model'>): Row | null {
  const forScope = (scope: string | null): Row | undefined =>
    scope === null ? undefined : rows.find((row) => row.scope === scope);
  return forScope(device.mac) ?? forScope(device.model) ?? forScope('*') ?? null;
}
