import { useState, type Ref } from 'react';
import type { TemplateView } from '../../../../common/contract/views/workspace.ts';
import { useHostClock } from '../../../model/clock.ts';
import { useSignal } from '../../../model/signal.ts';
import { Badge } from '../../../parts/badge.tsx';
import { Button } from '../../../parts/button.tsx';
import { useText } from '../../../text/i18n.ts';
import { useFormat } from '../../../text/use-format.ts';
import type { Draft } from '../draft.ts';
import { HistoryDialog } from '../history/history-dialog.tsx';
import styles from '../profiles.module.css';
import type { SaveGate } from '../save-gate.ts';
import type { Save } from '../save/use-save.ts';
import { isProtected, protectionWords, scopeWords, type ProfilesText } from '../scope-words.ts';
import { PlaceDialog } from './place-dialog.tsx';
import { RemoveDialog } from './remove-dialog.tsx';
import { TemplateMenu } from './template-menu.tsx';

type Asks = 'history' | 'place' | 'remove' | null;

/** Which template this is, whom it serves, and what can be done with it as a whole. */
export function TemplateHead({ ref, draft, view, templates, gone, save, refresh, onNew }: {
  readonly ref: Ref<HTMLButtonElement>;
  readonly draft: Draft;
  readonly view: TemplateView;
  readonly templates: readonly TemplateView[];
  /** Removed by somebody else. */
  readonly gone: boolean;
  readonly save: Save;
  readonly refresh: () => Promise<void>;
  readonly onNew: () => void;
}) {
  const t = useText('profiles');
  const format = useFormat();
  const now = useHostClock();
  const changed = useSignal(draft.changed);
  const gate = useSignal(draft.gate);
  const [asks, setAsks] = useState<Asks>(null);
  const close = () => setAsks(null);
  return (
    <header className={styles.head}>
      <TemplateMenu ref={ref} view={view} templates={templates} onNew={onNew} onRemove={() => setAsks('remove')} />
      <div className={styles.chips}>
        <Badge>{scopeWords(view.scope, t)}</Badge>
        <Badge>{t('serves', { count: view.phones, n: format.count(view.phones) })}</Badge>
        {view.path === null ? null : <Badge><span className="mono">{view.path}</span></Badge>}
        {isProtected(view) ? <Badge>{protectionWords(view.protection, t)}</Badge> : null}
        <span className={`${styles.quiet} ${styles.version}`}>{t('version', { version: view.version, time: format.moment(view.changedAt, now) })}</span>
        {changed ? <span className={styles.unsaved}>{t(gone ? 'gone' : 'unsaved')}</span> : null}
      </div>
      <div className={styles.actions}>
        {save.failure && save.question === null ? <p className={styles.failure} role="alert">{save.failure}</p> : null}
        {save.newer ? <Button onClick={save.compare}>{t('changed.compare')}</Button> : null}
        <Button kind="quiet" icon="settings" onClick={() => setAsks('place')}>{t('place')}</Button>
        <Button kind="quiet" icon="undo" onClick={() => setAsks('history')}>{t('history')}</Button>
        <Button onClick={save.discard} cannot={changed ? null : t('save.same')}>{t('discard')}</Button>
        <Button kind="primary" shortcut="Ctrl S" working={save.busy} cannot={cannotSave(gate, changed, t)} onClick={save.save}>{t('save')}</Button>
      </div>
      {asks === 'history' ? <HistoryDialog draft={draft} onClose={close} /> : null}
      {asks === 'place' ? <PlaceDialog view={view} templates={templates} onClose={close} onPlaced={refresh} /> : null}
      {asks === 'remove' ? <RemoveDialog view={view} onClose={close} onRemoved={refresh} /> : null}
    </header>
  );
}

function cannotSave(gate: SaveGate, changed: boolean, t: ProfilesText): string | null {
  if (!changed) return t('save.same');
  return gate.kind === 'errors' ? t('save.errors', { count: gate.count }) : null;
}
