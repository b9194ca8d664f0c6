import { useEffect, useRef, useState } from 'react';
import type { ReadyMade } from '../../../../common/contract/views/profiles.ts';
import type { TemplateView } from '../../../../common/contract/views/workspace.ts';
import { host } from '../../../api/host.ts';
import { useCall } from '../../../api/use-call.ts';
import { showToast } from '../../../model/toasts.ts';
import { Button } from '../../../parts/button.tsx';
import { Dialog } from '../../../parts/dialog.tsx';
import { Field, TextField } from '../../../parts/field.tsx';
import { Segmented } from '../../../parts/segmented.tsx';
import { useText } from '../../../text/i18n.ts';
import styles from '../profiles.module.css';
import { nameProblem } from './name-problem.ts';
import { ReadyList } from './ready-list.tsx';
import { scopeDraft, ScopeField, scopeOf } from './scope-field.tsx';

const SOURCES = ['starter', 'ready', 'file', 'paste'] as const;
export type NewSource = (typeof SOURCES)[number];
const LARGEST = 8_000_000;

/** A template from the starter, a ready-made one, a file, or what is pasted. */
export function NewTemplateDialog({ first, templates, onClose, onAdded }: {
  readonly first: NewSource;
  readonly templates: readonly TemplateView[];
  readonly onClose: () => void;
  readonly onAdded: (name: string) => void;
}) {
  const t = useText('profiles');
  const { run, busy, failure } = useCall();
  const [source, setSource] = useState<NewSource>(first);
  const [name, setName] = useState('');
  const [text, setText] = useState('');
  const [ready, setReady] = useState<ReadyMade | null>(null);
  const [target, setTarget] = useState(() => scopeDraft(templates.some(({ scope }) => scope === '*') ? null : '*'));
  const [tooLarge, setTooLarge] = useState(false);
  const file = useRef<HTMLInputElement>(null);
  const scope = scopeOf(target);
  const body = source === 'ready' ? ready?.text ?? '' : text;
  const problem = nameProblem(name, templates);
  const cannot = source === 'starter' ? null : body.trim() === '' ? t('new.no-text') : problem ? t(problem) : scope === undefined ? t('place.scope') : null;
  const add = () => {
    if (cannot !== null || busy || scope === undefined) return;
    const call = source === 'starter' ? () => host.profiles.useStarter() : () => host.profiles.add({ name: name.trim(), text: body, scope, ...(source === 'ready' && ready?.path != null ? { path: ready.path } : {}) });
    void run(call).then((answer) => {
      if (!answer) return;
      showToast(answer.unassigned === null ? t('said.added', { name: answer.view.name }) : t('said.replaced', { name: answer.view.name, other: answer.unassigned }));
      onAdded(answer.view.name);
    });
  };
  const take = async (chosen: File | undefined) => {
    if (!chosen) return;
    setTooLarge(chosen.size > LARGEST);
    if (chosen.size > LARGEST) return;
    setText(await chosen.text());
    if (name === '') setName(chosen.name.replace(/\.(?:xml|cfg|txt)$/i, '').replaceAll(/[\p{Cc}/\\]/gu, '-').slice(0, 80));
  };
  useEffect(() => {
    if (ready) setName((before) => (before === '' ? ready.name : before));
  }, [ready]);
  return (
    <Dialog opened width={720} title={t('new.title')} onClose={onClose} confirm={{ label: source === 'starter' ? t('new.starter') : t('new.confirm'), act: add, working: busy, cannot }} failure={failure}>
      <div className={styles.question}>
        <Segmented label={t('new.source')} value={source} choices={SOURCES.map((value) => ({ value, label: t(`source.${value}`) }))} onChange={setSource} />
        {source === 'starter' ? <p className={styles.note}>{t('source.starter.text')}</p> : null}
        {source === 'ready' ? <ReadyList chosen={ready} onChoose={setReady} /> : null}
        {source === 'file' ? (
          <div className={styles.file}>
            <Button icon="file" onClick={() => file.current?.click()}>{t('file.choose')}</Button>
            <span className={styles.note}>{text === '' ? t('file.hint') : t('file.read', { count: text.split('\n').length })}</span>
            <input ref={file} type="file" hidden accept=".xml,.cfg,.txt,text/xml,text/plain" aria-label={t('file.choose')} onChange={(event) => { void take(event.currentTarget.files?.[0]); event.currentTarget.value = ''; }} />
            {tooLarge ? <p className={styles.failure} role="alert">{t('file.large')}</p> : null}
          </div>
        ) : null}
        {source === 'paste' ? <TextField label={t('paste.label')} mono rows={9} value={text} placeholder="<flat-profile>…" onChange={setText} hint={t('paste.hint')} autoFocus /> : null}
        {source === 'starter' ? null : (
          <>
            <Field label={t('name.label')} value={name} onChange={setName} error={name !== '' && problem ? t(problem) : null} />
            <ScopeField name={name.trim()} path={source === 'ready' ? ready?.path ?? null : null} value={target} templates={templates} onChange={setTarget} />
          </>
        )}
      </div>
    </Dialog>
  );
}
