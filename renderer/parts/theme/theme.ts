import { createTheme } from '@mantine/core';

/** Mantine's components in our shape. Colours come from CSS variables (tokens.css), so one theme serves light and dark. */
export const theme = createTheme({
  fontFamily: 'var(--sans)',
  fontFamilyMonospace: 'var(--mono)',
  primaryColor: 'dark',
  defaultRadius: 'sm',
  cursorType: 'pointer',
  focusRing: 'never',
  respectReducedMotion: true,
  components: {
    // The scroll lock writes an inline style sheet, which the content security policy forbids; the page never scrolls anyway.
    // The compound parts do not inherit the defaults of `Modal`.
    ModalRoot: { defaultProps: { lockScroll: false, transitionProps: { duration: 0 }, removeScrollProps: { enabled: false } } },
    DrawerRoot: { defaultProps: { lockScroll: false, transitionProps: { duration: 0 }, removeScrollProps: { enabled: false } } },
    Modal: { defaultProps: { lockScroll: false, centered: true, transitionProps: { duration: 0 }, removeScrollProps: { enabled: false } } },
    Drawer: { defaultProps: { lockScroll: false, transitionProps: { duration: 0 } } },
    Menu: { defaultProps: { transitionProps: { duration: 0 }, shadow: 'md', withinPortal: true } },
    Tooltip: { defaultProps: { transitionProps: { duration: 0 }, openDelay: 300 } },
  },
});
