import { useEffect, useId, useState } from 'react';
import type { TemplateVersion } from '../../../../common/contract/views/profiles.ts';
import { connection, host } from '../../../api/host.ts';
import { useCall } from '../../../api/use-call.ts';
import { useHostClock } from '../../../model/clock.ts';
import { useSignal } from '../../../model/signal.ts';
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
  const open = useSignal(connection.state).kind === 'open';
  const list = useCall();
  const one = useCall();
  const { run: runList } = list;
  const { run: runOne } = one;
  const failure = list.failure ?? one.failure;
  const [versions, setVersions] = useState<readonly TemplateVersion[] | null>(null);
  const [chosen, setChosen] = useState<number | null>(null);
  const [old, setOld] = useState<{ readonly version: number; readonly text: string } | null>(null);
  useEffect(() => {
    if (!open) return;
    void runList(() => host.profiles.history({ name: draft.name })).then((answer) => {
      if (!answer) return;
      setVersions(answer);
      setChosen((last) => last ?? (answer[1] ?? answer[0])?.version ?? null);
    });
  }, [runList, draft, open]);
  useEffect(() => {
    if (chosen === null || !open) return undefined;
    let newest = true;
    // The arrow keys run through many versions: only the one that is chosen at the end is shown.
    void runOne(() => host.profiles.version({ name: draft.name, version: chosen })).then((answer) => {
      if (newest && answer) setOld({ version: chosen, text: answer.text });
    });
    return () => {
      newest = false;
    };
  }, [runOne, draft, chosen, open]);
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
          {versions === null ? failure ? null : <Skeleton width={160} /> : versions.map((each) => (
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
          {shown ? <SideBySide before={{ label: t('history.version', { version: shown.version }), text: shown.text }} after={{ label: t('history.now'), text: draft.editor.text() }} /> : failure ? null : <div className={styles.skeleton}><Skeleton width="80%" /><Skeleton width="65%" /><Skeleton width="72%" /></div>}
        </div>
        <div className={styles.choices}>
          <Button onClick={onClose} shortcut="Esc">{t('history.close')}</Button>
          <Button kind="primary" cannot={!shown ? failure ?? t('loading') : shown.text === draft.editor.text() ? t('diff.same') : null} onClick={restore}>{t('history.restore', { version: chosen ?? draft.saved.get().version })}</Button>
        </div>
      </div>
    </Dialog>
  );
}
