import { parseRule } from '../rule/parse.ts';
import { effective, readDocument } from './document/document.ts';

/**
 * The `.loads` file that a filled profile asks the phone to take, when its `Upgrade_Rule` is one plain URL. Conditions,
 * alternatives and macros in the file's name are for the phone to decide, so they give null. The last of several rules wins,
 * as on the phone.
 */
export function wantedLoad(xml: string): string | null {
  if (!xml.includes('Upgrade_Rule')) return null;
  const rule = effective(readDocument(xml)).get('Upgrade_Rule')?.value ?? '';
  const [only, ...others] = parseRule('upgrade', rule).alternatives;
  if (!only || others.length > 0 || only.condition || only.assignments.length > 0 || only.targets.length !== 1) return null;
  const name = (only.targets[0]?.url?.text.split('?')[0] ?? '').split(/[/\\]/).at(-1) ?? '';
  return /.\.loads$/i.test(name) && !name.includes('$') ? name : null;
}
