import type { PreviewView } from '../../../../common/contract/views/profiles.ts';
import { MASK } from '../../../model/xml-tokens.ts';
import { besideFill } from '../covered.ts';
import { diffLines, type DiffLine } from '../../../model/line-diff.ts';

export const STEPS = ['filled', 'served', 'reported'] as const;
/** Template → filled · filled → as last served · as last served → as reported. Each is shown against the one before. */
export type Step = (typeof STEPS)[number];

export interface Comparison {
  /** null: too long to be compared, `text` is shown as it is. */
  readonly lines: readonly DiffLine[] | null;
  /** What there is to show without a comparison; null where the step has nothing yet. */
  readonly text: string | null;
  /** Stretches that differ; null where nothing is compared. */
  readonly changes: number | null;
  /** When the other side was served or reported. */
  readonly at: number | null;
}

/** What a step shows: − what would go or was, + what would come. */
export function comparisonOf(step: Step, template: string, view: PreviewView): Comparison {
  switch (step) {
    case 'filled': return compared(maskLike(template, view.text), view.text, null, lineByLine);
    case 'served': return view.served ? compared(view.served.text, view.text, view.served.at) : nothing;
    case 'reported': return view.reported ? compared(view.served?.text ?? view.text, view.reported.text, view.reported.at) : nothing;
  }
}

const nothing: Comparison = { lines: null, text: null, changes: null, at: null };

function compared(before: string, after: string, at: number | null, compare: (before: string, after: string) => readonly DiffLine[] | null = diffLines): Comparison {
  const lines = compare(before.trimEnd(), after.trimEnd());
  return { lines, text: after, changes: lines ? stretches(lines) : null, at };
}

/** To fill a template keeps its lines, so they are compared one by one; where a value brings a line of its own, by search. */
function lineByLine(before: string, after: string): readonly DiffLine[] | null {
  const old = before.split(/\r?\n/);
  const now = after.split(/\r?\n/);
  if (old.length !== now.length) return diffLines(before, after);
  const out: DiffLine[] = [];
  let added: DiffLine[] = [];
  for (const [at, text] of now.entries()) {
    if (text === old[at]) {
      out.push(...added, { kind: 'same', text, line: at + 1 });
      added = [];
    } else {
      out.push({ kind: 'removed', text: old[at] ?? '', line: null });
      added.push({ kind: 'added', text, line: at + 1 });
    }
  }
  return [...out, ...added];
}

/** A removed line and the one that took its place are one change. */
function stretches(lines: readonly DiffLine[]): number {
  let removed = 0;
  let added = 0;
  let changes = 0;
  const flush = () => {
    changes += Math.max(removed, added);
    removed = 0;
    added = 0;
  };
  for (const { kind } of lines) {
    if (kind === 'removed') removed += 1;
    else if (kind === 'added') added += 1;
    else flush();
  }
  flush();
  return changes;
}

const ELEMENT = /<([A-Za-z_][\w.-]*)((?:\s[^<>]*)?)>([^<]*)</g;

/** Secrets that stand in the template itself are hidden where the host hid them in the filled text: they are no difference. */
export function maskLike(template: string, filled: string): string {
  const hidden = new Map([...filled.matchAll(ELEMENT)].flatMap((match) => (match[3]?.includes(MASK) ? [[match[1] ?? '', match[3]] as const] : [])));
  return template.replaceAll(ELEMENT, (whole, name: string, attributes: string, value: string) => {
    const mask = hidden.get(name);
    if (mask === undefined || value.trim() === '') return whole;
    return `<${name}${attributes}>${besideFill(value, mask)?.covered ?? (value.includes('{{') ? value : MASK)}<`;
  });
}
