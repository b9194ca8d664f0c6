import { Modal } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { useKeys } from '../model/keys.ts';
import { useText } from '../text/i18n.ts';
import { Button } from './button.tsx';
import styles from './dialog.module.css';

/** Only for what must be decided now. Esc closes, Ctrl Enter confirms, focus goes back to where it was. */
export function Dialog({ title, opened, onClose, confirm, failure, width = 560, children }: {
  readonly title: ReactNode;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly confirm?: { readonly label: string; readonly act: () => void; readonly working?: boolean; readonly cannot?: string | null };
  readonly failure?: string | null;
  readonly width?: number;
  readonly children: ReactNode;
}) {
  const t = useText('common');
  const ready = confirm && !confirm.cannot && !confirm.working;
  // Taken even when there is nothing to confirm yet: it would press the button that has the focus, which closes.
  useKeys({ Escape: onClose, ...(confirm ? { 'mod+Enter': ready ? confirm.act : stay } : {}) }, { active: opened, dialog: true });
  if (!opened) return null;
  return (
    <Modal.Root opened onClose={onClose} size={width} centered closeOnEscape={false}>
      <Modal.Overlay className={styles.overlay} />
      <Modal.Content className={styles.content}>
        <div className={styles.header}>
          <Modal.Title className={styles.title}>{title}</Modal.Title>
          <Modal.CloseButton aria-label={t('close')} />
        </div>
        <Modal.Body className={styles.body}>
          <FocusBack />
      {children}
      {confirm ? (
        <div className={styles.foot}>
          {failure ? <p className={styles.why} role="alert">{failure}</p> : null}
          <Button onClick={onClose} shortcut="Esc">{t('cancel')}</Button>
          <Button kind="primary" onClick={confirm.act} working={confirm.working ?? false} cannot={confirm.cannot} shortcut="Ctrl Enter">{confirm.label}</Button>
        </div>
      ) : null}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function stay(): void {
  // Nothing to do before it is ready.
}

/** A dialog that leaves the page gives the focus back to what had it before; Mantine does so only for one that stays and closes. */
function FocusBack() {
  const [before] = useState(() => document.activeElement);
  useEffect(() => () => {
    // After the dialog is gone from the document, and only where nobody else took the focus meanwhile.
    setTimeout(() => {
      if (before instanceof HTMLElement && before.isConnected && document.activeElement === document.body) before.focus({ preventScroll: true });
    });
  }, [before]);
  return null;
}
