import type { Assignment } from './parsed.ts';
import { LIMITS, shown } from './reading.ts';
import type { Reading } from './reading.ts';

const NAME = /[A-Za-z_][A-Za-z0-9_.-]{0,99}/y;

/** Reads `Name = "value";` again and again from the cursor up to `end`; after an error the rest is left. */
export function readAssignments(reading: Reading, end: number): readonly Assignment[] {
  const found: Assignment[] = [];
  for (;;) {
    reading.skipSpace(end);
    if (reading.at >= end) break;
    if (found.length >= LIMITS.assignments) {
      reading.wrong('rule.limit.assignments', reading.at, end, { most: LIMITS.assignments });
      break;
    }
    const assignment = readOne(reading, end);
    if (assignment === null) break;
    found.push(assignment);
  }
  if (found.length === 0 && reading.at >= end) reading.wrong('rule.assign.empty', end, end + 1);
  reading.at = end;
  return found;
}

function readOne(reading: Reading, end: number): Assignment | null {
  const { text, at: from } = reading;
  NAME.lastIndex = from;
  const name = NAME.exec(text)?.[0].slice(0, end - from) ?? '';
  reading.at = from + name.length;
  reading.skipSpace(end);
  if (name === '' || text[reading.at] !== '=' || reading.at >= end) return stop(reading, 'rule.assign.name', from, Math.max(reading.at, from + 1));
  reading.at += 1;
  reading.skipSpace(end);
  const open = reading.at;
  const close = text[open] === '"' && open < end ? text.indexOf('"', open + 1) : -1;
  if (close < 0 || close >= end) return stop(reading, 'rule.assign.quotes', open, Math.max(open + 1, Math.min(end, open + 40)), { name: shown(name) });
  const value = text.slice(open + 1, close);
  reading.at = close + 1;
  reading.skipSpace(end);
  if (text[reading.at] === ';' && reading.at < end) reading.at += 1;
  else reading.wrong('rule.assign.semicolon', close, close + 1, { name: shown(name) });
  return { span: reading.span(from, reading.at), name, value, at: { from: open + 1, to: close } };
}

function stop(reading: Reading, code: string, from: number, to: number, params: Readonly<Record<string, string>> = {}): null {
  reading.wrong(code, from, to, params);
  return null;
}
