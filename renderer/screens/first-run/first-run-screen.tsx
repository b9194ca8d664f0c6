import { useCallback, useEffect, useMemo, useState } from 'react';
import type { TemplateView } from '../../../common/contract/views/workspace.ts';
import { host } from '../../api/host.ts';
import { bench } from '../../model/bench.ts';
import { router } from '../../model/router.ts';
import { useSignal } from '../../model/signal.ts';
import { Button } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { TileFace } from '../../parts/tile.tsx';
import { useText } from '../../text/i18n.ts';
import { overlay } from '../frame/overlay.ts';
import { placeOf } from '../servers/server-words.ts';
import { CardStep } from './card-step.tsx';
import { DemoCard } from './demo.tsx';
import styles from './first-run.module.css';
import { PhoneStep } from './phone-step.tsx';
import { ProfileStep } from './profile-step.tsx';
import { currentStep, progressOf } from './progress.ts';
import { samplePhones } from './sample-phones.ts';

const FACES = ['expected', 'working', 'done', 'attention'] as const;

/** Three steps to the first green tile; each ticks itself when the host or the wire shows it. */
export function FirstRunScreen() {
  const t = useText('firstRun');
  const view = useSignal(bench.servers);
  useSignal(bench.shapes);
  useSignal(bench.macs);
  const [templates, setTemplates] = useState<readonly TemplateView[]>([]);
  const refresh = useCallback(() => void host.profiles.list().then(setTemplates, () => undefined), []);
  useEffect(refresh, [refresh]);
  if (!view) return null;
  const phones = bench.all();
  const progress = progressOf(view, templates, phones);
  const current = currentStep(progress);
  return (
    <div className={styles.page}>
      <div className={styles.way}>
        <header>
          <h1>{t('title')}</h1>
          <p className={styles.lead}>{t('lead')}</p>
        </header>
        <ol className={styles.steps}>
          <CardStep view={view} done={progress.card} />
          <ProfileStep templates={templates} done={progress.profile} now={current === 'profile'} onAdded={refresh} />
          <PhoneStep phones={phones} place={placeOf(view) ?? ''} done={progress.phone} now={current === 'phone'} />
        </ol>
        <footer className={styles.other}>
          <span>{t('or-begin')}</span>
          <Button icon="list" onClick={() => router.go({ name: 'import' })}>{t('or-list')}</Button>
          <Button kind="quiet" shortcut="?" onClick={() => overlay.set('keys')}>{t('keys')}</Button>
        </footer>
      </div>
      <aside className={styles.aside} aria-label={t('tiles.title')}>
        <DemoCard />
        <Faces />
      </aside>
    </div>
  );
}

function Faces() {
  const t = useText('firstRun');
  const info = useSignal(bench.info);
  const doneStage = info?.doneStage ?? 'resynced';
  const samples = useMemo(() => samplePhones(bench.hostNow(), doneStage), [doneStage]);
  return (
    <Card title={t('tiles.title')}>
      <ul className={styles.faces}>
        {FACES.map((face) => (
          <li key={face}>
            <span className={styles.tile}><TileFace phone={samples[face]} /></span>
            <p><b>{t(`tiles.${face}`)}</b>{t(`tiles.${face}.text`)}</p>
          </li>
        ))}
      </ul>
    </Card>
  );
}
