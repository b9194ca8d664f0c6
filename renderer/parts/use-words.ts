import { useMemo } from 'react';
import { useLanguage, useText } from '../text/i18n.ts';
import type { Words } from './phone-words.ts';

/** The words of tiles and rows in the reader's language. */
export function useWords(): Words {
  const common = useText('common');
  const bench = useText('bench');
  const causes = useText('causes');
  const language = useLanguage();
  return useMemo(() => ({ common, bench, causes, language }), [common, bench, causes, language]);
}
