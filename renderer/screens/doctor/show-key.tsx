import { useEffect, useRef, useState } from 'react';
import type { KeyView } from '../../../common/values/key.ts';
import { host } from '../../api/host.ts';
import { useCall } from '../../api/use-call.ts';
import { useHostClock } from '../../model/clock.ts';
import { Button } from '../../parts/button.tsx';
import { Skeleton } from '../../parts/card.tsx';
import { CopyButton } from '../../parts/copy.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { useText } from '../../text/i18n.ts';
import { useFormat } from '../../text/use-format.ts';
import { Failure } from '../../parts/failure.tsx';
import styles from './doctor.module.css';
import { QrCode } from './qr-code.tsx';
import { useOwnerWords } from './ring-words.ts';

/**
 * A key in full, once. The first time it comes at once; later it is asked whether it must be. The text lives in this
 * component alone and goes with it.
 */
export function ShowKeyDialog({ of, onClose }: { readonly of: KeyView; readonly onClose: () => void }) {
  const t = useText('ring');
  const words = useOwnerWords();
  const format = useFormat();
  const now = useHostClock();
  const { busy, failure, run } = useCall();
  const [text, setText] = useState<string | null>(null);
  const [shownAt] = useState(of.shownAt);
  const asked = useRef(false);
  const reveal = (again: boolean) => void run(() => host.keys.reveal({ id: of.id, again })).then((answer) => { if (answer) setText(answer.text); });
  useEffect(() => {
    if (shownAt !== null || asked.current) return;
    asked.current = true;
    reveal(false);
  });
  const owner = words(of.owner);
  if (shownAt !== null && text === null) {
    return (
      <Dialog title={t('again.title', { owner })} opened onClose={onClose} failure={failure} confirm={{ label: t('again.do'), act: () => reveal(true), working: busy }}>
        <div className={styles.ask}>
          <p>{t('again.text', { time: format.moment(shownAt, now) })}</p>
          <p>{t('again.look')}</p>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title={owner} opened onClose={onClose} width={620}>
      {failure ? <Failure text={failure} /> : null}
      {text === null ? (failure ? null : <Skeleton width="80%" height={20} />) : (
        <div className={styles.shownKey}>
          <QrCode text={text} label={t('qr')} />
          <div>
            <span className={styles.label}>{t('use')}: {t(`use.${of.use}.long`)}</span>
            <code className={styles.keyText} tabIndex={0}>{text}</code>
            <CopyButton text={text} />
            <span className={styles.label}>{t('column.fingerprint')}</span>
            <code>{of.fingerprint}</code>
            <p>{t('once')}</p>
          </div>
        </div>
      )}
      <div className={styles.dialogFoot}><Button kind="primary" shortcut="Esc" onClick={onClose}>{t('done')}</Button></div>
    </Dialog>
  );
}
