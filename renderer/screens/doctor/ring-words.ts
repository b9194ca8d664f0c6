import { macForEyes } from '../../../common/values/mac.ts';
import type { KeyOwner, KeyUse, KeyView } from '../../../common/values/key.ts';
import { bench } from '../../model/bench.ts';
import { formatNumber } from '../../text/format.ts';
import { useText } from '../../text/i18n.ts';

/** `Phone 03, 00 56 2B 04 36 15` (in a narrow place `Phone 03, 04 36 15`), `Batch Clinique Saint-Roch`, `Customer Mairie de Bron`. */
export function useOwnerWords(): (owner: KeyOwner, narrow?: boolean) => string {
  const t = useText('ring');
  return (owner, narrow = false) => {
    if (owner.kind !== 'phone') return t(`owner.${owner.kind}`, { name: owner.name });
    const number = bench.phone(owner.mac)?.number ?? null;
    const mac = macForEyes(owner.mac);
    return number === null ? t('owner.phone.stranger', { mac }) : t('owner.phone', { number: formatNumber(number), mac: narrow ? mac.slice(-8) : mac });
  };
}

/** The keys in which the person's words occur: in the owner, the MAC in any spelling, or the fingerprint. */
export function keysFound(keys: readonly KeyView[], wanted: string, words: (owner: KeyOwner) => string): readonly KeyView[] {
  const text = wanted.trim().toLowerCase();
  if (text === '') return keys;
  const bare = text.replaceAll(/[\s:.-]/g, '');
  return keys.filter((key) =>
    words(key.owner).toLowerCase().includes(text) ||
    (bare !== '' && (key.fingerprint.replaceAll(' ', '').includes(bare) || (key.owner.kind === 'phone' && key.owner.mac.includes(bare)))));
}

/** The enrolled phones that have no key of this use yet. */
export function phonesWithout<P extends { readonly mac: string; readonly enrolled: boolean }>(phones: readonly P[], keys: readonly KeyView[], use: KeyUse): readonly P[] {
  const have = new Set(keys.flatMap((key) => (key.owner.kind === 'phone' && key.use === use ? [key.owner.mac as string] : [])));
  return phones.filter((phone) => phone.enrolled && !have.has(phone.mac));
}

/** The key that an owner has already, by kind, name and use. */
export function keyOf(keys: readonly KeyView[], owner: KeyOwner, use: KeyUse): KeyView | null {
  return keys.find((key) => key.use === use && sameOwner(key.owner, owner)) ?? null;
}

/** True where a character stands outside ASCII: the phone reads the UTF-8 bytes. */
export function hasOtherLetters(text: string): boolean {
  return [...text].some((sign) => (sign.codePointAt(0) ?? 0) > 0x7e);
}

function sameOwner(a: KeyOwner, b: KeyOwner): boolean {
  if (a.kind === 'phone' || b.kind === 'phone') return a.kind === 'phone' && b.kind === 'phone' && a.mac === b.mac;
  return a.kind === b.kind && a.name === b.name.trim();
}
