import { useSignal } from '../model/signal.ts';
import { closeToast, toasts } from '../model/toasts.ts';
import { useText } from '../text/i18n.ts';
import { Button, IconButton } from './button.tsx';
import { Sign } from './sign.tsx';
import styles from './toast.module.css';

/** Confirmations of what the hand just did, above the status bar. */
export function ToastStack() {
  const t = useText('common');
  const list = useSignal(toasts);
  return (
    <div className={styles.stack} role="status" aria-live="polite">
      {list.map((toast) => (
        <div key={toast.id} className={styles.toast}>
          {toast.tone === 'quiet' ? null : <Sign name={toast.tone === 'ok' ? 'done' : 'attention'} size={18} />}
          <span>{toast.text}</span>
          {toast.undo ? (
            <Button
              kind="quiet"
              size="small"
              icon="undo"
              onClick={() => {
                toast.undo?.();
                closeToast(toast.id);
              }}
            >
              {t('undo')}
            </Button>
          ) : null}
          <IconButton icon="close" size="small" label={t('close')} onClick={() => closeToast(toast.id)} />
        </div>
      ))}
    </div>
  );
}
