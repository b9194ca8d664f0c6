import { parseMac, type Mac } from '../../../common/values/mac.ts';

/** What a person typed into a search field, taken apart. */
export interface Search {
  /** undefined: any phone; null: a phone that does not exist, so nothing matches. */
  readonly mac: Mac | null | undefined;
  readonly terms: { readonly text?: string; readonly server?: string; readonly answer?: string };
}

const FIELD = /^(phone|server|answer):(.+)$/i;

/** Reads free words and `phone:07`, `phone:00562b…`, `server:tftp`, `answer:404`, in any order. */
export function readSearch(typed: string, byNumber: (number: number) => Mac | undefined): Search {
  const words: string[] = [];
  let mac: Search['mac'];
  let server: string | undefined;
  let answer: string | undefined;
  for (const word of typed.trim().split(/\s+/)) {
    const [, field, value] = FIELD.exec(word) ?? [];
    if (field === undefined || value === undefined) {
      if (word !== '') words.push(word);
      continue;
    }
    if (field.toLowerCase() === 'phone') mac = parseMac(value) ?? (/^\d{1,6}$/.test(value) ? (byNumber(Number(value)) ?? null) : null);
    else if (field.toLowerCase() === 'server') server = value.toLowerCase();
    else answer = value;
  }
  return {
    mac,
    terms: {
      ...(words.length === 0 ? {} : { text: words.join(' ') }),
      ...(server === undefined ? {} : { server }),
      ...(answer === undefined ? {} : { answer }),
    },
  };
}
