import { useCallback } from 'react';
import { showToast } from '../model/toasts.ts';
import { useText } from '../text/i18n.ts';
import { Button, type ButtonProps } from './button.tsx';

/** Puts text on the clipboard and says so in a toast; where the system refuses, that is said with what helps. */
export function useCopy(): (text: string, said?: string) => void {
  const t = useText('common');
  return useCallback(
    (text, said) => {
      void onClipboard(text).then((done) => (done ? showToast(said ?? t('copied')) : showToast(t('copy.refused'), { tone: 'attention' })));
    },
    [t],
  );
}

/** A button that copies. `children` where another word than "Copy" says what. */
export function CopyButton({ text, said, children, size = 'small', kind }: {
  readonly text: string;
  /** What the toast says; "Copied" when left out. */
  readonly said?: string;
  readonly children?: string;
  readonly size?: ButtonProps['size'];
  readonly kind?: ButtonProps['kind'];
}) {
  const t = useText('common');
  const copy = useCopy();
  return <Button size={size ?? 'small'} kind={kind ?? 'plain'} icon="copy" onClick={() => copy(text, said)}>{children ?? t('copy')}</Button>;
}

async function onClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
