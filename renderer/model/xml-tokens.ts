export type TokenKind = 'text' | 'tag' | 'attribute' | 'macro' | 'place' | 'comment' | 'secret';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

/** What the host writes in place of a secret, see `main/domain/profile/secrets.ts`. */
export const MASK = '••••••';

const PARTS = /(<!--.*?(?:-->|$))|(<\/?[A-Za-z_][\w.-]*|\/?>)|([\w:-]+="[^"]*")|(\{\{[^{}]*\}\})|(\$\(?[A-Z]{1,8}\d?\)?)|(•{4,})/g;

/** One line of a flat profile in coloured parts; total on any text. */
export function xmlTokens(line: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (const match of line.matchAll(PARTS)) {
    if (match.index > at) tokens.push({ kind: 'text', text: line.slice(at, match.index) });
    tokens.push({ kind: kindOf(match), text: match[0] });
    at = match.index + match[0].length;
  }
  if (at < line.length) tokens.push({ kind: 'text', text: line.slice(at) });
  return tokens;
}

function kindOf(match: RegExpExecArray): TokenKind {
  const kinds: readonly TokenKind[] = ['comment', 'tag', 'attribute', 'place', 'macro', 'secret'];
  return kinds[match.slice(1).findIndex((group) => group !== undefined)] ?? 'text';
}
