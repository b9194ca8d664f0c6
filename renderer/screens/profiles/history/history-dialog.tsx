import { useEffect, useId, useState } from 'react';
import type { TemplateVersion } from '../../../../common/contract/views/profiles.ts';
import { host } from '../../../api/host.ts';
import { useCall } from '../../../api/use-call.ts';
import { useHostClock } from '../../../model/clock.ts';
import { showToast } from '../../../model/toasts.ts';
import { Button } from '../../../parts/button.tsx';
import { Skeleton } from '../../../parts/card.tsx';
import { Dialog } from '../../../parts/dialog.tsx';
import { useText } from '../../../text/i18n.ts';
import { useFormat } from '../../../text/use-format.ts';
import type { Draft } from '../draft.ts';
import styles from '../profiles.module.css';
import { SideBySide } from './side-by-side.tsx';

/** Every version that was saved, each against what is in the editor; one can be taken back as an edit. */
export function HistoryDialog({ draft, onClose }: { readonly draft: Draft; readonly onClose: () => void }) {
  const t = useText('profiles');
  const format = useFormat();
  const now = useHostClock();
  const group = useId();
  const { run, failure } = useCall();
  const [versions, setVersions] = useState<readonly TemplateVersion[] | null>(null);
  const [chosen, setChosen] = useState<number | null>(null);
  const [old, setOld] = useState<{ readonly version: number; readonly text: string } | null>(null);
  useEffect(() => {
    void run(() => host.profiles.history({ name: draft.name })).then((list) => {
      if (!list) return;
      setVersions(list);
      setChosen((list[1] ?? list[0])?.version ?? null);
    });
  }, [run, draft]);
  useEffect(() => {
    if (chosen === null) return;
    void run(() => host.profiles.version({ name: draft.name, version: chosen })).then((answer) => answer && setOld({ version: chosen, text: answer.text }));
  }, [run, draft, chosen]);
  const restore = () => {
    if (!old) return;
    const before = draft.editor.text();
    draft.editor.write(old.text, 'restore');
    showToast(t('said.restored', { version: old.version }), { undo: () => draft.editor.write(before, 'undo.restore') });
    onClose();
  };
  const shown = old?.version === chosen ? old : null;
  return (
    <Dialog opened width={1080} title={t('history.title', { name: draft.name })} onClose={onClose}>
      <div className={styles.history}>
        <div role="radiogroup" aria-label={t('history.versions')} className={styles.versions}>
          {versions === null ? <Skeleton width={160} /> : versions.map((each) => (
            <label key={each.version}>
              <input type="radio" name={group} checked={each.version === chosen} onChange={() => setChosen(each.version)} />
              <span>
                <b>{t('history.version', { version: each.version })}</b>
                <span>{format.when(each.at, now)}, {format.size(each.bytes)}</span>
                <span>{t('history.lines', { added: each.added, removed: each.removed })}</span>
              </span>
            </label>
          ))}
        </div>
        <div className={styles.compared}>
          {failure ? <p className={styles.failure} role="alert">{failure}</p> : null}
          {shown ? <SideBySide before={{ label: t('history.version', { version: shown.version }), text: shown.text }} after={{ label: t('history.now'), text: draft.editor.text() }} /> : null}
        </div>
        <div className={styles.choices}>
          <Button onClick={onClose} shortcut="Esc">{t('history.close')}</Button>
          <Button kind="primary" cannot={!shown ? t('loading') : shown.text === draft.editor.text() ? t('diff.same') : null} onClick={restore}>{t('history.restore', { version: chosen ?? 0 })}</Button>
        </div>
      </div>
    </Dialog>
  );
}
