import { copyText } from '../../parts/copy.ts';
import { Button } from '../../parts/button.tsx';
import { Sign } from '../../parts/sign.tsx';
import { showToast } from '../../model/toasts.ts';
import { useText } from '../../text/i18n.ts';
import styles from './failure-line.module.css';

/** What went wrong with the last action, beside its button. */
export function Failure({ text }: { readonly text: string }) {
  return (
    <p className={styles.line} role="alert">
      <Sign name="attention" size={16} />
      <span>{text}</span>
    </p>
  );
}

/** A command that a sentence names, for the clipboard. */
export function CommandButton({ params }: { readonly params: Readonly<Record<string, string | number>> }) {
  const t = useText('servers');
  const command = params['command'];
  if (typeof command !== 'string') return null;
  return (
    <Button size="small" icon="copy" onClick={() => void copyText(command).then((done) => done && showToast(t('said.copied')))}>{t('copy-command')}</Button>
  );
}
