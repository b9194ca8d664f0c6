import type { RuleFacts } from '../../../common/values/rule.ts';
import type { Comparison, Operand, Operator } from './parsed.ts';
import { compareHardware, compareVersions } from './version.ts';
import type { VersionOrder } from './version.ts';

/** How one comparison came out, with both values as they were compared. */
export interface Judged {
  readonly comparison: Comparison;
  readonly left: string;
  readonly right: string;
  readonly by: 'number' | 'version' | 'text' | 'hardware';
  /** null: it cannot be told, for the reason of `why`. */
  readonly verdict: boolean | null;
  readonly why: 'no-value' | 'kinds' | 'not-comparable' | null;
}

/**
 * Compares two sides: quoted text as text, whole numbers as numbers, loads as loads with the family left aside. A side whose macro
 * has no value, two sides of different kinds, and loads that cannot be compared give no verdict: what a phone makes of them
 * nothing public says.
 */
export function judge(comparison: Comparison, facts: Pick<RuleFacts, 'macros'>): Judged {
  const { operator, right } = comparison;
  const left = comparison.left ?? implicitLoad(right, facts);
  const sides = { comparison, left: left.text, right: right.text };
  const none = (by: Judged['by'], why: NonNullable<Judged['why']>): Judged => ({ ...sides, by, verdict: null, why });
  if (left.kind === 'string' || right.kind === 'string') {
    if (operator !== 'eq' && operator !== 'ne') return none('text', 'kinds');
    return { ...sides, by: 'text', verdict: (left.text === right.text) === (operator === 'eq'), why: null };
  }
  if (left.kind === 'macro' || right.kind === 'macro') return none('text', 'no-value');
  if (left.kind !== right.kind) return none('text', 'kinds');
  const by = left.kind === 'integer' ? 'number' : left.kind;
  const order = orderOf(by, left.text, right.text);
  return order === 'not-comparable' ? none(by, 'not-comparable') : { ...sides, by, verdict: holds(operator, order), why: null };
}

function orderOf(by: Exclude<Judged['by'], 'text'>, left: string, right: string): VersionOrder {
  if (by === 'version') return compareVersions(left, right);
  if (by === 'hardware') return compareHardware(left, right);
  const difference = Number(left) - Number(right);
  return difference === 0 ? 'equal' : difference < 0 ? 'lower' : 'higher';
}

function holds(operator: Operator, order: Exclude<VersionOrder, 'not-comparable'>): boolean {
  switch (operator) {
    case 'eq':
      return order === 'equal';
    case 'ne':
      return order !== 'equal';
    case 'lt':
      return order === 'lower';
    case 'le':
      return order !== 'higher';
    case 'gt':
      return order === 'higher';
    case 'ge':
      return order !== 'lower';
  }
}

/** Legacy rules leave the left side away and mean the phone's load. */
function implicitLoad(right: Operand, facts: Pick<RuleFacts, 'macros'>): Operand {
  const load = Object.hasOwn(facts.macros, 'SWVER') ? facts.macros.SWVER : undefined;
  return { span: right.span, kind: load === undefined ? 'macro' : 'version', text: load ?? '$SWVER' };
}
