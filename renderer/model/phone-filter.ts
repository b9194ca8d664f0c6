import type { PhoneView } from '../../common/contract/views/phone.ts';
import { STAGES } from '../../common/values/stage.ts';

export type Filter = 'all' | 'attention' | 'strangers' | PhoneView['stage'];
export type Order = 'number' | 'state' | 'model' | 'name' | 'heard';

/** True when every word of `text` is in the number, MAC (any spelling), model, serial, name, address or firmware. */
export function matches(phone: PhoneView, text: string): boolean {
  if (text === '') return true;
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const plain = [phone.model, phone.serial, phone.name, phone.ip, phone.firmware].filter(Boolean).join('\n').toLowerCase();
  const squeezed = text.toLowerCase().replaceAll(/[\s:.-]/g, '');
  if (/^[0-9a-f]{3,12}$/.test(squeezed) && phone.mac.includes(squeezed)) return true;
  return words.every((word) => plain.includes(word) || phone.mac.includes(word.replaceAll(/[:.-]/g, '') || word) || isNumber(phone, word));
}

export function passes(phone: PhoneView, filter: Filter): boolean {
  if (filter === 'strangers') return !phone.enrolled;
  if (filter === 'all') return true;
  if (filter === 'attention') return phone.face === 'attention';
  return phone.enrolled && phone.stage === filter;
}

/** The order that a person asked for. `state` puts those that need a hand first, then by how far they are. */
export function inOrder(phones: readonly PhoneView[], order: Order, direction: 'up' | 'down' = 'up'): readonly PhoneView[] {
  const sign = direction === 'up' ? 1 : -1;
  const number = (phone: PhoneView) => phone.number ?? Number.MAX_SAFE_INTEGER;
  const compare = COMPARE[order];
  return phones.toSorted((a, b) => sign * compare(a, b) || number(a) - number(b) || a.mac.localeCompare(b.mac));
}

const COMPARE: Readonly<Record<Order, (a: PhoneView, b: PhoneView) => number>> = {
  number: (a, b) => (a.number ?? Number.MAX_SAFE_INTEGER) - (b.number ?? Number.MAX_SAFE_INTEGER),
  state: (a, b) => stateRank(a) - stateRank(b),
  model: (a, b) => compareText(a.model, b.model),
  name: (a, b) => compareText(a.name, b.name),
  heard: (a, b) => (b.heardAt ?? 0) - (a.heardAt ?? 0),
};

function stateRank(phone: PhoneView): number {
  const face = { attention: 0, stranger: 1, silent: 2, held: 3, writing: 4, working: 4, expected: 6, done: 7 }[phone.face];
  return face * 10 + (STAGES.length - STAGES.indexOf(phone.stage));
}

/** Empty last, numbers inside names as numbers. */
function compareText(a: string | null, b: string | null): number {
  if (!a || !b) return (a ? 0 : 1) - (b ? 0 : 1);
  return collator.compare(a, b);
}
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

function isNumber(phone: PhoneView, word: string): boolean {
  return phone.number !== null && /^\d+$/.test(word) && Number(word) === phone.number;
}
