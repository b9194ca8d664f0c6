/** Macro values by name, without the `$`. A name that stands here is known to the phone, even when its value is empty. */
export type MacroValues = Readonly<Record<string, string>>;

const BARE = /^[A-Z0-9_]+/;
const BRACED = /^\(([A-Z0-9_]+)(?::(\d{1,4})(?::(\d{1,4}))?)?\)/;

/**
 * Expands `$NAME`, `$(NAME)`, `$(NAME:offset)`, `$(NAME:offset:length)` and `$$` as the phone does: case-sensitive, once
 * (what a value holds is not expanded again), and nothing else is touched: `$STRANGE$MAU.cfg` keeps its `$STRANGE`.
 * Without brackets the longest known name wins, so that `$PN$MA.xml` and `$MACfile` need no separator.
 * Secret registers are to be left out of `values`: phones fill `$SA` to `$SD` only inside `--key`, `--uid` and `--pwd`.
 */
export function expandMacros(text: string, values: MacroValues): string {
  let result = '';
  let rest = text;
  for (;;) {
    const dollar = rest.indexOf('$');
    if (dollar < 0) return result + rest;
    result += rest.slice(0, dollar);
    const after = rest.slice(dollar + 1);
    const macro = readMacro(after, values);
    result += macro.text;
    rest = after.slice(macro.taken);
  }
}

/** What stands for the text after a `$`, and how many characters of it were used up. */
function readMacro(after: string, values: MacroValues): { readonly text: string; readonly taken: number } {
  if (after.startsWith('$')) return { text: '$', taken: 1 };
  const braced = BRACED.exec(after);
  if (braced?.[1] !== undefined && Object.hasOwn(values, braced[1])) {
    const value = values[braced[1]] ?? '';
    const offset = Number(braced[2] ?? 0);
    const end = braced[3] === undefined ? value.length : offset + Number(braced[3]);
    return { text: value.slice(offset, end), taken: braced[0].length };
  }
  const word = BARE.exec(after)?.[0] ?? '';
  for (let length = word.length; length > 0; length -= 1) {
    const name = word.slice(0, length);
    if (Object.hasOwn(values, name)) return { text: values[name] ?? '', taken: length };
  }
  return { text: '$', taken: 0 };
}
