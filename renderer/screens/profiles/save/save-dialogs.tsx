import { useState } from 'react';
import { useHostClock } from '../../../model/clock.ts';
import { Dialog } from '../../../parts/dialog.tsx';
import { Button } from '../../../parts/button.tsx';
import { Field } from '../../../parts/field.tsx';
import { Sign } from '../../../parts/sign.tsx';
import { useSentence, useText } from '../../../text/i18n.ts';
import { useFormat } from '../../../text/use-format.ts';
import type { Draft } from '../draft.ts';
import { SideBySide } from '../history/side-by-side.tsx';
import styles from '../profiles.module.css';
import type { SaveQuestion } from './saver.ts';
import type { Save } from './use-save.ts';

/** What must be decided before a template is saved. */
export function SaveDialogs({ draft, save }: { readonly draft: Draft; readonly save: Save }) {
  if (save.question?.kind === 'cuts-off') return <CutsOffDialog draft={draft} save={save} gate={save.question.gate} />;
  if (save.question?.kind === 'changed') return <ChangedDialog draft={draft} save={save} question={save.question} />;
  return null;
}

function CutsOffDialog({ draft, save, gate }: { readonly draft: Draft; readonly save: Save; readonly gate: Extract<SaveQuestion, { kind: 'cuts-off' }>['gate'] }) {
  const t = useText('profiles');
  const say = useSentence();
  const [typed, setTyped] = useState('');
  const right = typed.trim() === String(gate.phones);
  const act = () => {
    if (right) save.saveAnyway();
  };
  return (
    <Dialog
      opened
      width={560}
      title={t('cut.title', { count: gate.phones })}
      onClose={save.dismiss}
      confirm={{ label: t('cut.confirm'), act, working: save.busy, cannot: right ? null : t('cut.type', { count: gate.phones }) }}
      failure={save.failure}
    >
      <div className={styles.question}>
        <p>{t('cut.text', { name: draft.name })}</p>
        <ul className={styles.reasons}>
          {gate.findings.map((finding, index) => <li key={index}><Sign name="error" size={16} /><span>{say(finding.code, finding.params)}</span></li>)}
        </ul>
        <Field label={t('cut.field', { count: gate.phones })} value={typed} onChange={setTyped} inputMode="numeric" autoFocus onKeyDown={(event) => { if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) act(); }} />
      </div>
    </Dialog>
  );
}

function ChangedDialog({ draft, save, question }: { readonly draft: Draft; readonly save: Save; readonly question: Extract<SaveQuestion, { kind: 'changed' }> }) {
  const t = useText('profiles');
  const format = useFormat();
  const now = useHostClock();
  const { theirs } = question;
  return (
    <Dialog opened width={1080} title={t('changed.title', { name: draft.name })} onClose={save.dismiss}>
      <div className={styles.question}>
        <p>{t('changed.text', { version: theirs.version, time: format.moment(theirs.at, now) })}</p>
        <SideBySide
          before={{ label: t('changed.theirs', { version: theirs.version }), text: theirs.text }}
          after={{ label: t('changed.mine'), text: draft.editor.text() }}
        />
        <div className={styles.choices}>
          {save.failure ? <p className={styles.failure} role="alert">{save.failure}</p> : null}
          <Button onClick={save.dismiss} shortcut="Esc">{t('changed.later')}</Button>
          <Button onClick={save.takeTheirs}>{t('changed.take')}</Button>
          <Button kind="primary" working={save.busy} onClick={save.keepMine}>{t('changed.keep')}</Button>
        </div>
      </div>
    </Dialog>
  );
}
