/** RFC 9110 §14.1.2. Both ends are included. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

export type RangeAnswer = { readonly kind: 'whole' } | { readonly kind: 'part'; readonly range: ByteRange } | { readonly kind: 'outside' };

const WHOLE: RangeAnswer = { kind: 'whole' };
const SPEC = /^bytes=\s*(\d{0,15})-(\d{0,15})\s*$/i;

/**
 * What part of `size` bytes a `Range` header asks for. Several ranges, other units and unreadable ones give the whole
 * (§14.2: a server may ignore the header); a part behind the end is `outside` and earns 416.
 */
export function readRange(header: string | undefined, size: number): RangeAnswer {
  const found = header === undefined ? null : SPEC.exec(header);
  if (!found) return WHOLE;
  const [, from = '', to = ''] = found;
  if (from === '') {
    if (to === '') return WHOLE;
    const length = Number(to);
    if (length === 0 || size === 0) return { kind: 'outside' };
    return { kind: 'part', range: { first: Math.max(0, size - length), last: size - 1 } };
  }
  const first = Number(from);
  const last = to === '' ? size - 1 : Number(to);
  if (to !== '' && last < first) return WHOLE;
  if (first >= size) return { kind: 'outside' };
  return { kind: 'part', range: { first, last: Math.min(last, size - 1) } };
}
