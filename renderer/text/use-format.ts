import { useMemo } from 'react';
import {
  formatCount,
  formatDuration,
  formatMoment,
  formatPercent,
  formatSize,
  formatTook,
  formatWhen,
} from './format.ts';
import { useLanguage } from './i18n.ts';

/** Numbers, times and sizes in the reader's language. */
export function useFormat() {
  const language = useLanguage();
  return useMemo(
    () => ({
      count: (value: number) => formatCount(value, language),
      percent: (value: number) => formatPercent(value, language),
      size: (bytes: number) => formatSize(bytes, language),
      duration: (ms: number) => formatDuration(ms, language),
      took: (ms: number) => formatTook(ms, language),
      moment: (at: number, now: number) => formatMoment(at, now, language),
      when: (at: number, now: number) => formatWhen(at, now, language),
    }),
    [language],
  );
}
