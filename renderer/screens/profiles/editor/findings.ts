import { Facet, RangeSet, StateEffect, StateField, type EditorState, type Extension, type Range } from '@codemirror/state';
import { Decoration, EditorView, gutter, GutterMarker, type DecorationSet } from '@codemirror/view';
import type { ChangeDesc } from '@codemirror/state';
import type { Finding, Severity } from '../../../../common/values/finding.ts';
import type { TextEdit } from '../../../../common/values/text-span.ts';
import { findingSign } from './signs.ts';

/** A finding where it stands now, after what was typed since. Line and column count from 1. */
export interface PlacedFinding {
  readonly finding: Finding;
  readonly from: number;
  readonly to: number;
  readonly line: number;
  readonly column: number;
}

interface Found {
  readonly findings: readonly Finding[];
  /** What was typed since the text was read; null for nothing. */
  readonly since: ChangeDesc | null;
  readonly marks: DecorationSet;
  readonly signs: RangeSet<GutterMarker>;
}

const WEIGHT: Readonly<Record<Severity, number>> = { error: 0, warning: 1, hint: 2 };
const setFindings = StateEffect.define<readonly Finding[]>();
/** Says the severity of a line to a screen reader. */
export const severityWords = Facet.define<(severity: Severity) => string, (severity: Severity) => string>({ combine: (values) => values[0] ?? ((severity) => severity) });

const field = StateField.define<Found>({
  create: () => ({ findings: [], since: null, marks: Decoration.none, signs: RangeSet.empty }),
  update(found, transaction) {
    let now = found;
    if (transaction.docChanged) {
      now = { ...now, since: now.since ? now.since.composeDesc(transaction.changes.desc) : transaction.changes.desc, marks: now.marks.map(transaction.changes), signs: now.signs.map(transaction.changes) };
    }
    for (const effect of transaction.effects) {
      if (effect.is(setFindings)) now = { findings: effect.value, since: null, marks: marksOf(effect.value, transaction.state), signs: signsOf(effect.value, transaction.state) };
    }
    return now;
  },
  provide: (self) => EditorView.decorations.from(self, (found) => found.marks),
});

class SignMarker extends GutterMarker {
  readonly severity: Severity;
  constructor(severity: Severity) {
    super();
    this.severity = severity;
  }
  override eq(other: GutterMarker): boolean {
    return other instanceof SignMarker && other.severity === this.severity;
  }
  override toDOM(view: EditorView): Node {
    const sign = document.createElement('span');
    sign.className = 'cm-sign';
    sign.title = view.state.facet(severityWords)(this.severity);
    sign.append(findingSign(this.severity));
    return sign;
  }
}
const SIGNS: Readonly<Record<Severity, SignMarker>> = { error: new SignMarker('error'), warning: new SignMarker('warning'), hint: new SignMarker('hint') };

/** Underlines, a sign beside the line, and the ground of a line with an error. */
export const findingMarks: Extension = [
  field,
  gutter({
    class: 'cm-findings',
    markers: (view) => view.state.field(field).signs,
    initialSpacer: () => SIGNS.error,
  }),
];

/** The effect that shows the answer of the lint for exactly the text in the editor. */
export function showFindings(findings: readonly Finding[]): StateEffect<readonly Finding[]> {
  return setFindings.of(findings);
}

/** Worst first, then in the order of the text. */
export function placedFindings(state: EditorState): readonly PlacedFinding[] {
  const { findings, since } = state.field(field);
  return findings
    .map((finding): PlacedFinding => {
      const from = clamp(since ? since.mapPos(Math.min(finding.span.from, since.length), 1) : finding.span.from, state);
      const to = Math.max(from, clamp(since ? since.mapPos(Math.min(finding.span.to, since.length), -1) : finding.span.to, state));
      const line = state.doc.lineAt(from);
      return { finding, from, to, line: line.number, column: from - line.from + 1 };
    })
    .toSorted((a, b) => WEIGHT[a.finding.severity] - WEIGHT[b.finding.severity] || a.from - b.from);
}

/** The edits of a fix as they must be made now. */
export function placedEdits(state: EditorState, edits: readonly TextEdit[]): readonly TextEdit[] {
  const { since } = state.field(field);
  return edits.map((edit) => {
    const from = clamp(since ? since.mapPos(Math.min(edit.from, since.length), 1) : edit.from, state);
    return { from, to: Math.max(from, clamp(since ? since.mapPos(Math.min(edit.to, since.length), -1) : edit.to, state)), insert: edit.insert };
  });
}

/** One sign for each line: that of its worst finding. */
function signsOf(findings: readonly Finding[], state: EditorState): RangeSet<GutterMarker> {
  const worst = new Map<number, Severity>();
  for (const { severity, span } of findings) {
    const { from } = state.doc.lineAt(clamp(span.from, state));
    const before = worst.get(from);
    if (before === undefined || WEIGHT[severity] < WEIGHT[before]) worst.set(from, severity);
  }
  return RangeSet.of([...worst].map(([at, severity]) => SIGNS[severity].range(at)), true);
}

function marksOf(findings: readonly Finding[], state: EditorState): DecorationSet {
  const ranges: Range<Decoration>[] = [];
  const lines = new Set<number>();
  for (const { severity, span } of findings) {
    const from = clamp(span.from, state);
    const to = clamp(Math.max(span.to, span.from + 1), state);
    if (to > from) ranges.push(Decoration.mark({ class: `cm-${severity}` }).range(from, to));
    if (severity === 'error') lines.add(state.doc.lineAt(from).from);
  }
  for (const at of lines) ranges.push(Decoration.line({ class: 'cm-errorLine' }).range(at));
  return Decoration.set(ranges, true);
}

function clamp(at: number, state: EditorState): number {
  return Math.max(0, Math.min(at, state.doc.length));
}
