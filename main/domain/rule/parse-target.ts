import type { RuleKind } from '../../../common/values/rule.ts';
import type { RuleOption, Target, UrlPart } from './parsed.ts';
import { readUrl } from './parse-url.ts';
import { isSpace, LIMITS, shown } from './reading.ts';
import type { Reading } from './reading.ts';

/** Options that take an argument. */
const WITH_VALUE: ReadonlySet<string> = new Set(['key', 'uid', 'pwd', 'post', 'alias']);
const BARE: ReadonlySet<string> = new Set(['srv', 'delta', 'status']);
/** Where the phones' documents show each option. Newer ones take a login in Upgrade_Rule too. */
const PLACES: Readonly<Record<string, readonly RuleKind[]>> = {
  key: ['profile', 'report'], uid: ['profile', 'upgrade', 'report', 'ca'], pwd: ['profile', 'upgrade', 'report', 'ca'],
  srv: ['profile'], post: ['profile'], alias: ['profile'], delta: ['report'], status: ['report'],
};

/** Secret registers are filled in the arguments of these alone. */
export function takesSecrets(option: string): boolean {
  return option === 'key' || option === 'uid' || option === 'pwd';
}

/** Reads `[options] url` at the cursor; white space between them is allowed. A `[` opens options only before the URL. */
export function readTarget(reading: Reading): Target {
  const from = reading.at;
  const errors = reading.errors;
  const options = reading.text[from] === '[' ? readOptions(reading) : [];
  reading.skipSpace();
  const begin = reading.at;
  // A second report's options end the first report's URL where no space was left.
  while (reading.at < reading.text.length && !isSpace(reading.text[reading.at]) && !'|['.includes(reading.text[reading.at] ?? '')) reading.at += 1;
  const url = reading.at > begin ? readUrl(reading, begin, reading.at) : null;
  if (url === null && reading.errors === errors) reading.wrong('rule.url.missing', from, begin);
  if (url) checkTogether(reading, options, url, begin);
  return { span: reading.span(from, reading.at), options, url };
}

function checkTogether(reading: Reading, options: readonly RuleOption[], url: UrlPart, from: number): void {
  const end = from + url.text.length;
  const has = (name: string): boolean => options.some((option) => option.name === name);
  if (url.kind === 'url' && url.scheme === 'tftp') {
    if (has('srv')) reading.wrong('rule.srv.tftp', from, end);
    if (has('post')) reading.wrong('rule.post.tftp', from, end);
    if (has('uid') || has('pwd')) reading.warn('rule.login.tftp', from, end);
  }
  if (has('uid') !== has('pwd')) reading.warn('rule.login.half', from, end, { missing: has('uid') ? '--pwd' : '--uid' });
  if (reading.kind === 'upgrade') {
    if (url.kind === 'path') reading.wrong('rule.upgrade.server', from, end);
    else if (url.kind === 'url' && !url.path.includes('$') && !/\.loads(?:\?.*)?$/i.test(url.path)) reading.warn('rule.upgrade.loads', from, end);
  }
}

/** Reads `[--name value …]`, the cursor at its bracket. */
function readOptions(reading: Reading): readonly RuleOption[] {
  const { text } = reading;
  const open = reading.at;
  const found: RuleOption[] = [];
  reading.at += 1;
  for (;;) {
    reading.skipSpace();
    if (reading.at >= text.length || text[reading.at] === '|') {
      reading.wrong('rule.option.bracket', open, open + 1);
      return found;
    }
    if (text[reading.at] === ']') {
      reading.at += 1;
      return found;
    }
    if (found.length >= LIMITS.options) {
      reading.wrong('rule.limit.options', reading.at, text.length, { most: LIMITS.options });
      reading.at = text.length;
      return found;
    }
    readOption(reading, found);
  }
}

function readOption(reading: Reading, found: RuleOption[]): void {
  const { text, kind } = reading;
  const from = reading.at;
  const word = readArgument(reading);
  const name = /^--([A-Za-z][A-Za-z0-9_-]*)$/.exec(word.text)?.[1] ?? null;
  if (name === null) {
    // A dash of a word processor is told already.
    if (!/^[‐‑‒–—−]/.test(word.text)) reading.wrong(text[from] === '[' ? 'rule.option.nested' : 'rule.option.word', from, reading.at);
    return;
  }
  const known = WITH_VALUE.has(name) || BARE.has(name);
  if (!known) reading.warn('rule.option.unknown', from, reading.at, { option: `--${name}` });
  else if (!PLACES[name]?.includes(kind)) reading.warn('rule.option.not-here', from, reading.at, { option: `--${name}` });
  if (found.some((option) => option.name === name)) reading.warn('rule.option.twice', from, reading.at, { option: `--${name}` });
  const value = BARE.has(name) ? null : readValue(reading);
  if (value === null && WITH_VALUE.has(name)) reading.wrong('rule.option.value', from, from + word.text.length, { option: `--${name}` });
  if (value) checkValue(reading, name, value);
  found.push({
    span: reading.span(from, reading.at), name, known,
    value: value?.text ?? null,
    valueSpan: value ? reading.span(value.from, value.to) : null,
    at: value ? { from: value.from, to: value.to } : null,
  });
}

interface Argument {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** The argument behind an option; null where the next option or the end stands. */
function readValue(reading: Reading): Argument | null {
  const back = reading.at;
  reading.skipSpace();
  const next = reading.text[reading.at];
  if (next === undefined || next === ']' || next === '|' || reading.text.startsWith('--', reading.at)) {
    reading.at = back;
    return null;
  }
  return readArgument(reading);
}

/** A quoted text, or the run up to white space or the bracket. Always goes forward. */
function readArgument(reading: Reading): Argument {
  const { text, at: begin } = reading;
  if (text[begin] === '"') {
    const close = /["[\]]/g;
    close.lastIndex = begin + 1;
    const end = close.exec(text);
    if (end?.[0] === '"') {
      reading.at = end.index + 1;
      return { text: text.slice(begin + 1, end.index), from: begin + 1, to: end.index };
    }
    reading.wrong(end === null ? 'rule.quote.open' : 'rule.option.quoted-bracket', begin, end === null ? begin + 1 : end.index + 1);
  }
  let end = begin + 1;
  while (end < text.length && !isSpace(text[end]) && text[end] !== ']' && text[end] !== '[') end += 1;
  reading.at = end;
  return { text: text.slice(begin, end), from: begin, to: end };
}

function checkValue(reading: Reading, name: string, value: Argument): void {
  if ((name === 'post' || name === 'alias') && !/^[a-p]$/.test(value.text)) {
    reading.wrong('rule.option.register', value.from, value.to, { option: `--${name}`, found: shown(value.text) });
  }
  // Cisco's text gives \057 for a backslash; by ASCII that is a slash.
  if ((name === 'uid' || name === 'pwd') && value.text.includes('\\057')) reading.warn('rule.option.backslash', value.from, value.to);
}
