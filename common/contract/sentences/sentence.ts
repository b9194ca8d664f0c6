import type { Failure } from '../../values/failure.ts';
import { english } from './en.ts';
import { french } from './fr.ts';

export type SentenceCode = keyof typeof english;
export type Language = 'en' | 'fr';

const CATALOGUE: Readonly<Record<Language, Readonly<Record<string, string>>>> = { en: english, fr: french };

/** The sentence for a code with its places filled; an unknown code is shown as itself, so nothing is ever silent. */
export function sentence(code: string, params: Failure['params'] = {}, language: Language = 'en'): string {
  const text = CATALOGUE[language][code] ?? CATALOGUE.en[code] ?? code;
  return text.replaceAll(/\{(\w+)\}/g, (place, name: string) => String(params[name] ?? place));
}
