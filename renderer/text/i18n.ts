import i18next, { type TFunction } from 'i18next';
import { useCallback, useSyncExternalStore } from 'react';
import type { Language } from '../../common/contract/sentences/sentence.ts';
import { sentence } from '../../common/contract/sentences/sentence.ts';
import type { Failure } from '../../common/values/failure.ts';
import { english, french, type Area } from './texts.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: typeof english;
    keySeparator: false;
    returnNull: false;
  }
}

/** Must run once before the first render; everything is bundled, so it is ready when it returns. */
export function startTexts(language: Language): void {
  void i18next.init({
    resources: { en: english, fr: withMillions(french) },
    lng: language,
    fallbackLng: 'en',
    ns: Object.keys(english),
    defaultNS: 'common',
    keySeparator: false,
    initAsync: false,
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  i18next.on('languageChanged', () => {
    for (const listener of listeners) listener();
  });
}

export function setLanguage(language: Language): void {
  void i18next.changeLanguage(language);
}

/**
 * The words of one screen: `const t = useText('bench'); t('title')`. Keys are checked by the compiler. One function for
 * each language and area is shared by all: the hook of react-i18next makes one for each of a thousand tiles (measured as a
 * fifth of the page's script time under load).
 */
export function useText<A extends Area>(area: A): TFunction<A> {
  return textOf(useLanguage(), area);
}

export type BenchTexts = TFunction<'bench'>;
export type CausesTexts = TFunction<'causes'>;

export function useLanguage(): Language {
  return useSyncExternalStore(onLanguage, currentLanguage);
}

/** The catalogue sentence for a code of the contract, in the reader's language. */
export function useSentence(): (code: string, params?: Failure['params']) => string {
  const language = useLanguage();
  return useCallback((code, params = {}) => sentence(code, params, language), [language]);
}

/** French has a plural of its own for whole millions; our sentences need no other form there. */
function withMillions(areas: typeof french): Record<string, Record<string, string>> {
  return Object.fromEntries(
    Object.entries(areas).map(([area, texts]) => [
      area,
      Object.fromEntries(
        Object.entries<string>(texts).flatMap(([key, text]) =>
          key.endsWith('_other') ? [[key, text], [key.replace(/_other$/, '_many'), text]] : [[key, text]],
        ),
      ),
    ]),
  );
}

const functions = new Map<string, unknown>();
const listeners = new Set<() => void>();

function textOf<A extends Area>(language: Language, area: A): TFunction<A> {
  const key = `${language} ${area}`;
  const held = functions.get(key) ?? i18next.getFixedT(language, area);
  functions.set(key, held);
  return held as TFunction<A>;
}

function currentLanguage(): Language {
  return i18next.language === 'fr' ? 'fr' : 'en';
}

function onLanguage(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
