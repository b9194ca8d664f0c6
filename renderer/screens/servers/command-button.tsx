import { CopyButton } from '../../parts/copy.tsx';
import { useText } from '../../text/i18n.ts';

/** A command that a sentence names, for the clipboard. */
export function CommandButton({ params }: { readonly params: Readonly<Record<string, string | number>> }) {
  const t = useText('servers');
  const command = params['command'];
  return typeof command === 'string' ? <CopyButton text={command} said={t('said.copied')}>{t('copy-command')}</CopyButton> : null;
}
