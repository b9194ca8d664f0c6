import { useRef, useState } from 'react';
import type { TemplateView } from '../../../common/contract/views/workspace.ts';
import { host } from '../../api/host.ts';
import { useCall } from '../../api/use-call.ts';
import { Button } from '../../parts/button.tsx';
import { useText } from '../../text/i18n.ts';
import { Failure } from '../../parts/failure.tsx';
import styles from './first-run.module.css';
import { nameOfFile } from './progress.ts';
import { Step } from './step.tsx';

const LARGEST = 8_000_000;

/** Step 2: the starter profile, or a file of one's own, for all phones. */
export function ProfileStep({ templates, done, now, onAdded }: {
  readonly templates: readonly TemplateView[];
  readonly done: boolean;
  readonly now: boolean;
  readonly onAdded: () => void;
}) {
  const t = useText('firstRun');
  const { run, busy, failure } = useCall();
  const [tooLarge, setTooLarge] = useState<string | null>(null);
  const [again, setAgain] = useState(false);
  const file = useRef<HTMLInputElement>(null);
  const forAll = templates.find((template) => template.scope === '*');
  const some = templates.filter((template) => template.scope !== null).length;
  const added = (value: unknown) => {
    if (value === undefined) return;
    setAgain(false);
    onAdded();
  };
  const takeFile = async (chosen: File | undefined) => {
    setTooLarge(null);
    if (!chosen) return;
    if (chosen.size > LARGEST) {
      setTooLarge(chosen.name);
      return;
    }
    added(await run(async () => host.profiles.add({ name: nameOfFile(chosen.name), text: await chosen.text(), scope: '*' })));
  };
  return (
    <Step
      number={2}
      title={t('profile.title')}
      text={t('profile.text')}
      state={done ? 'done' : now ? 'now' : 'later'}
      summary={<span>{forAll ? t('profile.done', { name: forAll.name }) : t('profile.done-some', { count: some })}</span>}
      onChange={again ? undefined : () => setAgain(true)}
    >
      {(now && !done) || again ? (
        <div className={styles.row}>
          <Button kind={done ? 'plain' : 'primary'} size="large" working={busy} onClick={() => void run(() => host.profiles.useStarter()).then(added)}>{t('profile.starter')}</Button>
          <Button size="large" icon="file" onClick={() => file.current?.click()}>{t('profile.own')}</Button>
          <input ref={file} type="file" hidden accept=".xml,.cfg,.txt,text/xml" aria-label={t('profile.own.label')} onChange={(event) => { void takeFile(event.currentTarget.files?.[0]); event.currentTarget.value = ''; }} />
        </div>
      ) : null}
      {tooLarge === null ? null : <Failure text={t('profile.too-large', { name: tooLarge })} />}
      {failure ? <Failure text={failure} /> : null}
    </Step>
  );
}
