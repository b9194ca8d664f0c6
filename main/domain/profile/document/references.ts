import { REFERENCE, referenced } from '../escape.ts';
import { excerpt, type Remarks } from './problems.ts';

const KNOWN = new RegExp(REFERENCE, 'y');
const ENTITY = /&([A-Za-z_:][\w:.-]{0,60});/y;

/**
 * Undoes the references of a stretch of character data. What is none stays as it is written, with a remark; entities of a
 * document type are never looked up.
 * @param base offset of `raw` in the text, for the remarks; without `remarks` nothing is told
 */
export function decodeReferences(raw: string, base: number, remarks: Remarks | null): string {
  let at = raw.indexOf('&');
  if (at < 0) return raw;
  const parts: string[] = [];
  let from = 0;
  for (; at >= 0 && remarks?.dropped !== true; at = raw.indexOf('&', at)) {
    KNOWN.lastIndex = at;
    const known = KNOWN.exec(raw);
    const sign = known && referenced(known);
    if (known && sign !== null) {
      parts.push(raw.slice(from, at), sign);
      at += known[0].length;
      from = at;
    } else {
      const length = remark(raw, at, base, known?.[0] ?? null, remarks);
      at += length;
    }
  }
  return parts.join('') + raw.slice(from);
}

/** @returns how many characters the remark speaks of */
function remark(raw: string, at: number, base: number, reference: string | null, remarks: Remarks | null): number {
  ENTITY.lastIndex = at;
  const entity = ENTITY.exec(raw);
  if (entity) {
    remarks?.add('profile.entity-unknown', base + at, base + at + entity[0].length, { name: entity[1] ?? '' });
    return entity[0].length;
  }
  const length = reference?.length ?? 1;
  remarks?.add(reference !== null || raw.startsWith('&#', at) ? 'profile.reference-wrong' : 'profile.ampersand', base + at, base + at + length, () => ({ text: excerpt(raw, at) }));
  return length;
}
