import type { ReportView } from '../../../common/values/report.ts';
import { expandMacros, type MacroFacts } from '../rule/macros.ts';
import { isRegister } from '../rule/macro-names.ts';
import { parseRule } from '../rule/parse.ts';
import type { UrlPart } from '../rule/parsed.ts';
import { effective, readDocument } from './document/document.ts';

/** No profile can hold this sign (XML 1.0 §2.2). */
const ANYTHING = '\0';

/**
 * What a phone reported, by the `Report_Rule` that it was served: each of its URLs may have `--delta` or `--status` in
 * brackets, or nothing for the whole configuration. Without a rule that fits the path, a body that is a configuration counts
 * as a whole one. Rule and path come from strangers: the time is linear in each of them.
 */
export function reportKind(path: string, served: string | null, isProfile: boolean): Exclude<ReportView['kind'], 'post'> {
  const { rule, registers } = ruleOf(served ?? '');
  const asked = trimPath(path);
  for (const { url, options } of parseRule('report', rule).alternatives.flatMap(({ targets }) => targets)) {
    if (url === null || !matches(pathOf(url), asked, registers)) continue;
    const has = (name: string): boolean => options.some((option) => option.name === name);
    if (has('status')) return 'status';
    if (has('delta')) return isProfile ? 'delta' : 'other';
  }
  return isProfile ? 'report' : 'other';
}

/** The rule that counts on the phone, and the general purpose registers that its URLs may name. */
function ruleOf(served: string): { readonly rule: string; readonly registers: MacroFacts } {
  const values = served.includes('Report_Rule') ? effective(readDocument(served)) : new Map<string, never>();
  const registers = Array.from(values.values()).flatMap(({ name, value }) => {
    const letter = name.startsWith('GPP_') ? name.slice('GPP_'.length) : '';
    return isRegister(letter) ? [[letter, value] as const] : [];
  });
  return { rule: values.get('Report_Rule')?.value ?? '', registers: { macros: Object.fromEntries(registers), secrets: {} } };
}

/** Where a macro stands in place of the server, the path begins at the first slash behind it. */
function pathOf({ kind, path, text }: UrlPart): string {
  if (kind !== 'open') return path;
  const server = text.indexOf('://');
  const slash = text.indexOf('/', server < 0 ? 0 : server + 3);
  return slash < 0 ? '' : text.slice(slash);
}

/** A macro that only the phone can fill stands for anything without a slash, so that each part of the path is compared by itself. */
function matches(written: string, asked: string, registers: MacroFacts): boolean {
  const { text, uses } = expandMacros(written, registers, { secretsAllowed: false });
  const open = uses.filter(({ kind }) => kind === 'no-value');
  const literals = [...open, null].map((use, index) => {
    const before = open[index - 1];
    return text.slice(before ? before.at + before.value.length : 0, use?.at);
  });
  const own = trimPath(literals.join(ANYTHING));
  const [ownParts, parts] = [own.split('/'), asked.split('/')];
  return own !== '' && ownParts.length === parts.length && ownParts.every((part, index) => fits(part.split(ANYTHING), parts[index] ?? ''));
}

/** Literal texts in their order, anything between them. Taking each at its first place loses no way to fit. */
function fits(literals: readonly string[], part: string): boolean {
  const [first = '', ...rest] = literals.map((literal) => literal.toLowerCase());
  const text = part.toLowerCase();
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const literal of rest) {
    const found = text.indexOf(literal, at);
    if (found < 0) return false;
    at = found + literal.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}

/** A query names no file, and TFTP asks without the leading slash. */
function trimPath(path: string): string {
  return (path.split('?')[0] ?? '').replace(/^\/+/, '');
}
