/** What a Profile_Rule asks for. */
export type ReadRule =
  | { readonly kind: 'empty' }
  /** Begins with `/`: the server comes from DHCP. */
  | { readonly kind: 'path'; readonly path: string }
  | { readonly kind: 'url'; readonly text: string }
  /** A form that this virtual phone cannot follow. It fails, so that nobody takes silence for success. */
  | { readonly kind: 'unread'; readonly error: string };

/**
 * Reads a rule, macros not yet expanded. Of alternatives parted by `|` the first whose condition holds counts; one without
 * condition always holds. Conditions, assignments and `[--options]` are not followed yet.
 */
export function readRule(text: string): ReadRule {
  const first = text.split('|', 1)[0]?.trim() ?? '';
  if (text.trim() === '') return { kind: 'empty' };
  if (first === '') return { kind: 'unread', error: 'Rule has an empty alternative' };
  if (first.startsWith('(')) return { kind: 'unread', error: 'Conditions and assignments in rules are not supported' };
  if (first.startsWith('[')) return { kind: 'unread', error: 'Options in rules are not supported' };
  if (/^gds:\/\//i.test(first)) return { kind: 'unread', error: 'Activation codes are not supported' };
  if (/\s/.test(first)) return { kind: 'unread', error: 'Rule holds white space' };
  return first.startsWith('/') ? { kind: 'path', path: first } : { kind: 'url', text: first };
}
