import { MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';
import { theme } from './theme.ts';

export type ColorScheme = 'light' | 'dark';

/** Sets the colour scheme on the root element; no style sheet is written at run time. */
export function ThemeProvider({ scheme, children }: { readonly scheme: ColorScheme; readonly children: ReactNode }) {
  return (
    <MantineProvider theme={theme} forceColorScheme={scheme} withCssVariables={false} withGlobalClasses={false}>
      {children}
    </MantineProvider>
  );
}
