import { Prec, type Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

/**
 * A closing tag that the editor wrote may still be typed by hand: each sign that stands there already is stepped over.
 * A value of a profile holds no bare `<`, so a `<` before the closing tag of its own element means that tag.
 */
export const typeOver: Extension = Prec.high(
  EditorView.inputHandler.of((view, from, to, text) => {
    if (from !== to || text.length !== 1 || view.state.readOnly) return false;
    const line = view.state.doc.lineAt(from);
    if (!stepsOver(line.text.slice(0, from - line.from), line.text.slice(from - line.from), text)) return false;
    view.dispatch({ selection: { anchor: from + 1 }, scrollIntoView: true, userEvent: 'select' });
    return true;
  }),
);

/** True when `typed` stands at the cursor already, as part of the closing tag of the element before it. */
export function stepsOver(before: string, after: string, typed: string): boolean {
  if (!after.startsWith(typed)) return false;
  const open = /<([A-Za-z_][\w.-]*)(?:\s[^<>]*)?>[^<>]*((?:<(?:\/[\w.-]*)?)?)$/.exec(before);
  if (open?.[1] === undefined || /^(?:flat-profile|device)$/.test(open[1])) return false;
  return `${open[2] ?? ''}${after}`.startsWith(`</${open[1]}>`);
}
