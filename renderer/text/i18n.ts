import i18next, { type TFunction } from 'i18next';
import { useCallback } from 'react';
import { initReactI18next, useTranslation } from 'react-i18next';
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
  void i18next.use(initReactI18next).init({
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
}

export function setLanguage(language: Language): void {
  void i18next.changeLanguage(language);
}

/** The words of one screen: `const t = useText('bench'); t('title')`. Keys are checked by the compiler. */
export function useText<A extends Area>(area: A) {
  return useTranslation<A>(area).t;
}

export type CommonTexts = TFunction<'common'>;
export type BenchTexts = TFunction<'bench'>;
export type CausesTexts = TFunction<'causes'>;

export function useLanguage(): Language {
  return useTranslation().i18n.language === 'fr' ? 'fr' : 'en';
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
