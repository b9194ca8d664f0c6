import type { Comparison, Operand, Operator } from './parsed.ts';
import { LIMITS, shown } from './reading.ts';
import type { Reading } from './reading.ts';
import { isHardwareVersion, isVersion } from './version.ts';

const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ['=', 'eq'], ['eq', 'eq'], ['!=', 'ne'], ['ne', 'ne'], ['<', 'lt'], ['lt', 'lt'],
  ['<=', 'le'], ['le', 'le'], ['>', 'gt'], ['gt', 'gt'], ['>=', 'ge'], ['ge', 'ge'],
]);
const WORDS = new Set(['eq', 'ne', 'lt', 'le', 'gt', 'ge', 'and', 'AND']);
const SIGNS = /[=!<>&|]+/y;
/** Signs end a word, so that `$PRVST=0` needs no space. `$(A:1)` is one word. */
const WORD = /(?:\$\([A-Za-z0-9_:]{0,60}\)|[^\s"=!<>&|()])+/y;
const ORDERED: ReadonlySet<Operator> = new Set(['lt', 'le', 'gt', 'ge']);

interface Token {
  readonly kind: 'string' | 'word' | 'sign' | 'other';
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Reads comparisons joined by `and` from the cursor up to `end`; after an error the rest is left. */
export function readComparisons(reading: Reading, end: number): readonly Comparison[] {
  const found: Comparison[] = [];
  let begin = reading.at;
  let token = nextToken(reading, end);
  if (token === null) reading.wrong('rule.condition.empty', Math.max(0, begin - 1), Math.min(end + 1, reading.text.length));
  while (token !== null) {
    if (found.length >= LIMITS.comparisons) {
      reading.wrong('rule.limit.comparisons', token.from, end, { most: LIMITS.comparisons });
      break;
    }
    const comparison = readComparison(reading, begin, token, end);
    if (comparison === null) break;
    found.push(comparison);
    const join = nextToken(reading, end);
    if (join === null) break;
    if (join.kind !== 'word' || (join.text !== 'and' && join.text !== 'AND')) {
      wrongJoin(reading, join);
      break;
    }
    begin = reading.at;
    token = nextToken(reading, end);
    if (token === null) reading.wrong('rule.condition.dangling', join.from, join.to, { found: join.text });
  }
  reading.at = end;
  return found;
}

/** @param begin where the search for its first token began: a macro without content may stand there. */
function readComparison(reading: Reading, begin: number, first: Token, end: number): Comparison | null {
  let left: Operand | null = null;
  let sign: Token | null = first;
  if (isOperand(first)) {
    left = readOperand(reading, first);
    if (left === null) return null;
    sign = nextToken(reading, end);
  } else if (hasEmpty(reading, begin, first.from)) {
    reading.wrong('rule.operand.empty', first.from, first.to);
    return null;
  }
  if (sign === null) {
    reading.wrong('rule.condition.operator-missing', first.from, first.to, { found: shown(first.text) });
    return null;
  }
  const operator = readOperator(reading, sign, left === null);
  if (operator === null) return null;
  const next = nextToken(reading, end);
  if (next === null || !isOperand(next)) {
    reading.wrong(hasEmpty(reading, sign.to, next?.from ?? end) ? 'rule.operand.empty' : 'rule.operand.missing', sign.from, sign.to, { found: sign.text });
    return null;
  }
  const right = readOperand(reading, next);
  if (right === null) return null;
  if (left === null) reading.warn('rule.condition.implicit', first.from, first.to, { found: first.text });
  checkSides(reading, left, operator, right, first.from, next.to);
  return { span: reading.span(first.from, next.to), left, operator, right };
}

function readOperator(reading: Reading, token: Token, implicit: boolean): Operator | null {
  const operator = token.kind === 'string' ? undefined : OPERATORS.get(token.text);
  if (operator !== undefined) return operator;
  // Phones before MPP took a lone `!` for "not equal".
  if (token.text === '!') {
    if (!implicit) reading.warn('rule.condition.lone-not', token.from, token.to);
    return 'ne';
  }
  const code = /^(?:or|OR|not|NOT|\|\|?)$/.test(token.text) ? 'rule.condition.or' : token.text === '(' ? 'rule.condition.nested' : 'rule.condition.operator';
  reading.wrong(code, token.from, token.to, { found: shown(token.text) });
  return null;
}

function readOperand(reading: Reading, token: Token): Operand | null {
  const { text } = token;
  const span = reading.span(token.from, token.to);
  if (token.kind === 'string') return { span, kind: 'string', text };
  if (/^[+-]?\d{1,15}$/.test(text)) return { span, kind: 'integer', text };
  if (isVersion(text)) return { span, kind: 'version', text };
  if (isHardwareVersion(text)) return { span, kind: 'hardware', text };
  if (text.includes('$')) return { span, kind: 'macro', text };
  reading.wrong('rule.operand.quotes', token.from, token.to, { found: shown(text) });
  return null;
}

/** What can be said of two sides before their values are known. */
function checkSides(reading: Reading, left: Operand | null, operator: Operator, right: Operand, from: number, to: number): void {
  const kinds = [left?.kind ?? 'macro', right.kind];
  if (kinds.includes('string') && ORDERED.has(operator)) reading.wrong('rule.compare.text-order', from, to);
  const load = left === null || [left, right].some((side) => side.kind === 'version' || /^\$\(?SWVER\)?$/.test(side.text));
  const dotted = right.kind === 'hardware' ? right : left?.kind === 'hardware' ? left : null;
  if (load && dotted) reading.wrong('rule.operand.dots', from, to, { found: dotted.text, write: dotted.text.replaceAll('.', '-') });
}

/** True where a macro stood that has nothing in it: the phone then sees no operand at all. */
function hasEmpty(reading: Reading, from: number, to: number): boolean {
  return reading.source.uses(from, to).some((use) => use.value === '');
}

function wrongJoin(reading: Reading, token: Token): void {
  const code = /^(?:or|OR|\|\|?)$/.test(token.text) ? 'rule.condition.or' : token.kind === 'other' ? 'rule.condition.nested' : 'rule.condition.join';
  reading.wrong(code, token.from, token.to, { found: shown(token.text) });
}

function isOperand(token: Token): boolean {
  return token.kind === 'string' || (token.kind === 'word' && !WORDS.has(token.text) && !/^(?:or|OR|not|NOT)$/.test(token.text));
}

function nextToken(reading: Reading, end: number): Token | null {
  reading.skipSpace(end);
  const { text, at: from } = reading;
  if (from >= end) return null;
  if (text[from] === '"') {
    const close = text.indexOf('"', from + 1);
    if (close < 0 || close >= end) {
      reading.wrong('rule.quote.open', from, from + 1);
      reading.at = end;
      return { kind: 'other', from, to: end, text: text.slice(from, end) };
    }
    reading.at = close + 1;
    return { kind: 'string', from, to: close + 1, text: text.slice(from + 1, close) };
  }
  for (const [kind, pattern] of [['word', WORD], ['sign', SIGNS]] as const) {
    pattern.lastIndex = from;
    const run = pattern.exec(text)?.[0].slice(0, end - from);
    if (run) {
      reading.at = from + run.length;
      return { kind, from, to: reading.at, text: run };
    }
  }
  reading.at = from + 1;
  return { kind: 'other', from, to: from + 1, text: text[from] ?? '' };
}
