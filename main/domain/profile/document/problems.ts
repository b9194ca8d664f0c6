import type { DocumentProblem } from './document.ts';
import { MASK } from '../secrets.ts';
import type { LineTable } from './lines.ts';

/** What is wrong with a text, before anybody asks for line and column. */
export interface Remark {
  readonly code: string;
  readonly from: number;
  readonly to: number;
  readonly params: Readonly<Record<string, string | number>>;
}

/** A hostile text has millions of mistakes; nobody reads more than these. */
const MOST_PROBLEMS = 500;

/** The phone reads on, or no phone's behaviour is known to depend on it. */
const WARNINGS: ReadonlySet<string> = new Set(['profile.option-comment', 'profile.encoding-other', 'profile.stray-text', 'profile.nested']);

const EXCERPT = 24;
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const HALF = /\p{Cs}/gu;

/** Collects remarks up to a limit. */
export class Remarks {
  readonly found: Remark[] = [];
  dropped = false;

  add(code: string, from: number, to: number, params: Remark['params'] | (() => Remark['params']) = {}): void {
    if (this.found.length >= MOST_PROBLEMS) this.dropped = true;
    else this.found.push({ code, from, to, params: typeof params === 'function' ? params() : params });
  }

  /** The same, without the quotations of those that speak of something secret. */
  masked(isSecret: (remark: Remark) => boolean): Remarks {
    const masked = new Remarks();
    masked.dropped = this.dropped;
    masked.found.push(...this.found.map((remark) => (isSecret(remark) ? withoutQuotation(remark) : remark)));
    return masked;
  }
}

/** Characters that XML 1.0 §2.2 cannot carry, anywhere in the text. */
export function findForbidden(text: string): Remarks {
  const remarks = new Remarks();
  for (const { 0: sign, index } of text.matchAll(FORBIDDEN)) {
    remarks.add('profile.control-character', index, index + 1, { code: codePoint(sign) });
    if (remarks.dropped) break;
  }
  if (text.isWellFormed()) return remarks;
  for (const { 0: sign, index } of text.matchAll(HALF)) {
    remarks.add('profile.control-character', index, index + 1, { code: codePoint(sign) });
    if (remarks.dropped) break;
  }
  return remarks;
}

/** In the order of the text; where there were too many, the last one says so. */
export function toProblems(sources: readonly Remarks[], lines: LineTable): readonly DocumentProblem[] {
  const all = sources.flatMap(({ found }) => found).sort((one, other) => one.from - other.from);
  const shown = all.slice(0, MOST_PROBLEMS);
  const last = shown.at(-1);
  if (last && (all.length > shown.length || sources.some(({ dropped }) => dropped))) {
    shown.push({ code: 'profile.more-problems', from: last.to, to: last.to, params: { count: MOST_PROBLEMS } });
  }
  return shown.map(({ code, from, to, params }) => ({
    code, params, severity: WARNINGS.has(code) ? 'warning' : 'error', span: lines.span(from, to),
  }));
}

/** The beginning of what is wrong, on one line. */
export function excerpt(text: string, at: number, to = text.length): string {
  return text.slice(at, Math.min(at + EXCERPT, to)).replace(/[\r\n][\s\S]*$/, '').trimEnd().toWellFormed();
}

function withoutQuotation(remark: Remark): Remark {
  if (remark.code === 'profile.entity-unknown') return { ...remark, params: { name: MASK } };
  return 'text' in remark.params ? { ...remark, params: { ...remark.params, text: MASK } } : remark;
}

function codePoint(sign: string): string {
  return `U+${sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}
