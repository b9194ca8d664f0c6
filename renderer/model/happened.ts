import type { Face, PhoneView } from '../../common/contract/views/phone.ts';
import type { Mac } from '../../common/values/mac.ts';

export type Faces = ReadonlyMap<Mac, Face>;

/** Numbers of the phones that became done, or came to need a hand, since the last look. The first look tells nothing. */
export function summarise(before: Faces | null, phones: readonly PhoneView[]): { readonly faces: Faces; readonly done: readonly number[]; readonly needs: readonly number[] } {
  const faces = new Map(phones.map((phone) => [phone.mac, phone.face]));
  const became = (face: Face) =>
    before === null ? [] : phones.filter((phone) => phone.face === face && before.get(phone.mac) !== face).flatMap((phone) => phone.number ?? []);
  return { faces, done: became('done'), needs: became('attention') };
}
