import { useEffect } from 'react';
import { SignSheet } from './parts/sign-sheet.tsx';
import { useMakeWords, WordsContext } from './parts/use-words.ts';
import { ToastStack } from './parts/toast.tsx';
import { ThemeProvider } from './parts/theme/theme-provider.tsx';
import { languageOf, useSettings } from './model/settings.ts';
import { useSystemLanguage, useSystemScheme } from './model/system.ts';
import { Frame } from './screens/frame/frame.tsx';
import { DoneChord } from './screens/settings/done-chord.tsx';
import { LiveRegion } from './screens/frame/live-region.tsx';
import { setLanguage } from './text/i18n.ts';

/** Everything: language and theme around the frame with its screens. */
export function App() {
  const { language, theme } = useSettings();
  const systemScheme = useSystemScheme();
  const spoken = languageOf(language, useSystemLanguage());
  const words = useMakeWords();
  useEffect(() => {
    setLanguage(spoken);
    document.documentElement.lang = spoken;
  }, [spoken]);
  return (
    <ThemeProvider scheme={theme === 'system' ? systemScheme : theme}>
      <WordsContext value={words}>
        <SignSheet />
        <Frame />
        <ToastStack />
        <LiveRegion />
      </WordsContext>
      <DoneChord />
    </ThemeProvider>
  );
}
