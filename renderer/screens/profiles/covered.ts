import { MASK } from '../../model/xml-tokens.ts';

/** Longer values are not looked at. */
const LONGEST = 1500;

/** A value of a template that was read beside its fill, in which the host covered every secret. */
export interface BesideFill {
  /** As the phone gets it: places filled, secrets of the template itself open, those that came out of a place covered. */
  readonly open: string;
  /** As it stands in the template, its own secrets covered. */
  readonly covered: string;
}

/** How far both texts were read. */
interface Step extends BesideFill {
  readonly token: number;
  readonly at: number;
}

/**
 * Reads a value of a template and its fill side by side: equal signs, a place that became any text, or a cover that hides
 * part of the template. Null where one is no fill of the other.
 */
export function besideFill(value: string, filled: string): BesideFill | null {
  if (value.length > LONGEST || filled.length > LONGEST) return null;
  const tokens = value.match(/\{\{[^{}]*\}\}|[\s\S]/g) ?? [];
  const seen = new Uint8Array((tokens.length + 1) * (filled.length + 1));
  const stack: Step[] = [];
  const push = (token: number, at: number, open: string, covered: string) => {
    const key = token * (filled.length + 1) + at;
    if (token > tokens.length || at > filled.length || seen[key] === 1) return;
    seen[key] = 1;
    stack.push({ token, at, open, covered });
  };
  push(0, 0, '', '');
  for (let step = stack.pop(); step; step = stack.pop()) {
    const { token, at, open, covered } = step;
    const here = tokens[token];
    const sign = filled[at];
    if (here === undefined && sign === undefined) return { open, covered };
    // What is pushed last is tried first: the shortest stretch for a place and for a cover.
    if (here !== undefined && here.length > 1) {
      if (sign !== undefined) push(token, at + 1, open + sign, covered);
      push(token + 1, at, open, covered + here);
    } else if (here !== undefined) {
      if (filled.startsWith(MASK, at)) for (const length of coverLengths(tokens, token)) push(token + length, at + MASK.length, open + tokens.slice(token, token + length).join(''), covered + MASK);
      if (here === sign) push(token + 1, at + 1, open + sign, covered + sign);
    }
  }
  return null;
}

/** How many tokens of the rule one cover may stand for, longest first: a quoted value, or a run without a sign that ends it. */
function coverLengths(tokens: readonly string[], from: number): readonly number[] {
  if (tokens[from] === '"') {
    const end = tokens.indexOf('"', from + 1);
    return end < 0 ? [] : [end - from + 1];
  }
  const end = tokens.findIndex((token, index) => index >= from && (token.length > 1 || /[\s\]@&<>]/.test(token)));
  return Array.from({ length: (end < 0 ? tokens.length : end) - from }, (_, index) => (end < 0 ? tokens.length : end) - from - index);
}
