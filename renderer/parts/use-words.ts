import { createContext, use, useMemo } from 'react';
import type { commonEn } from '../text/en/common.ts';
import { useLanguage, useText } from '../text/i18n.ts';
import type { Words } from './phone-words.ts';

/** The words of tiles and rows, made once for all of them: a thousand tiles must not listen for the language each. */
export const WordsContext = createContext<Words | null>(null);

/** For the provider at the top of the application. */
export function useMakeWords(): Words {
  const common = useText('common');
  const bench = useText('bench');
  const causes = useText('causes');
  const language = useLanguage();
  return useMemo(() => {
    const known = new Map<keyof typeof commonEn, string>();
    return {
      common: (key) => {
        const word = known.get(key) ?? common(key as 'close');
        known.set(key, word);
        return word;
      },
      bench,
      causes,
      language,
    };
  }, [common, bench, causes, language]);
}

/** The words of tiles and rows in the reader's language. */
export function useWords(): Words {
  const words = use(WordsContext);
  if (!words) throw new Error('no words: WordsContext is missing above');
  return words;
}
