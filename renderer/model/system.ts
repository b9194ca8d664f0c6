import { useSyncExternalStore } from 'react';

const dark = '(prefers-color-scheme: dark)';

/** What the system prefers, followed while it changes. */
export function useSystemScheme(): 'light' | 'dark' {
  return useSyncExternalStore(
    (listener) => {
      const query = matchMedia(dark);
      query.addEventListener('change', listener);
      return () => query.removeEventListener('change', listener);
    },
    () => (matchMedia(dark).matches ? 'dark' : 'light'),
  );
}

export function useSystemLanguage(): string {
  return useSyncExternalStore(
    (listener) => {
      window.addEventListener('languagechange', listener);
      return () => window.removeEventListener('languagechange', listener);
    },
    () => navigator.language,
  );
}
