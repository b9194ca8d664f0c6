/** What is being typed at the end of a text. `from` counts from the start of that text. */
export type TypedPlace =
  | { readonly kind: 'name'; readonly from: number; readonly text: string }
  | { readonly kind: 'closing'; readonly from: number; readonly text: string; readonly element: string | null }
  | { readonly kind: 'variable'; readonly from: number; readonly text: string }
  | { readonly kind: 'macro'; readonly from: number; readonly text: string }
  | { readonly kind: 'value'; readonly from: number; readonly text: string; readonly element: string };

const NAME = '[A-Za-z_][\\w.-]*';

/** Reads the text before the cursor, total on any text; null where nothing can be completed, as in a comment. */
export function typedPlace(before: string): TypedPlace | null {
  if (before.lastIndexOf('<!--') > before.lastIndexOf('-->')) return null;
  const variable = /\{\{([\w.-]*)$/.exec(before);
  if (variable) return { kind: 'variable', from: before.length - (variable[1] ?? '').length, text: variable[1] ?? '' };
  const opening = new RegExp(`<(${NAME})?$`).exec(before);
  if (opening) return { kind: 'name', from: opening.index + 1, text: opening[1] ?? '' };
  const closing = new RegExp(`</(${NAME})?$`).exec(before);
  if (closing) return { kind: 'closing', from: closing.index + 2, text: closing[1] ?? '', element: openElement(before.slice(0, closing.index)) };
  const macro = /\$\(?([A-Z0-9]*)$/.exec(before);
  if (macro) return { kind: 'macro', from: before.length - (macro[1] ?? '').length, text: macro[1] ?? '' };
  const value = new RegExp(`<(${NAME})(?:\\s[^<>]*)?>([^<>]*)$`).exec(before);
  if (value?.[1] === undefined || /\/>[^<>]*$/.test(before)) return null;
  return { kind: 'value', from: before.length - (value[2] ?? '').length, text: value[2] ?? '', element: value[1] };
}

/** The element that is open at the end of a text. */
function openElement(before: string): string | null {
  const closed: string[] = [];
  const tags = [...before.matchAll(new RegExp(`<(/?)(${NAME})[^<>]*?(/?)>`, 'g'))];
  for (const [, slash, name = '', empty] of tags.toReversed()) {
    if (empty) continue;
    if (slash) closed.push(name);
    else if (closed.at(-1) === name) closed.pop();
    else return name;
  }
  return null;
}
