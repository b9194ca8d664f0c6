import type { Settings } from '../../../common/contract/views/workspace.ts';
import { host } from '../../api/host.ts';
import { useCall } from '../../api/use-call.ts';
import { bench } from '../../model/bench.ts';
import { playChord } from '../../model/chord.ts';
import { changeSettings, loadSettings, settings, useSettings } from '../../model/settings.ts';
import { useSignal } from '../../model/signal.ts';
import { Button } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { CopyButton } from '../../parts/copy.tsx';
import { Page } from '../../parts/page.tsx';
import { Segmented } from '../../parts/segmented.tsx';
import { Switch } from '../../parts/switch.tsx';
import { useText } from '../../text/i18n.ts';
import { Failure } from '../../parts/failure.tsx';
import { Choices } from './choices.tsx';
import styles from './settings.module.css';

/** Stages that can count as done today: those that the wire alone can show. */
const DONE = ['profile', 'rebooted', 'resynced'] as const;
const ADOPT = ['enrolled', 'all'] as const;

export function SettingsScreen() {
  const t = useText('settings');
  const now = useSettings();
  const info = useSignal(bench.info);
  const { run, failure } = useCall();
  const change = (part: Partial<Settings>) => {
    const before = settings.get();
    void run(async () => {
      try {
        await changeSettings(host, part);
      } catch (error) {
        // What the host did not keep is not shown as kept.
        settings.set(before);
        void loadSettings(host).catch(() => undefined);
        throw error;
      }
    });
  };
  return (
    <Page title={t('title')} lead={t('lead')} actions={failure ? <Failure text={failure} /> : null}>
      <div className={styles.grid}>
        <div className={styles.column}>
          <Card title={t('looks.title')}>
            <div className={styles.body}>
              <div className={styles.line}>
                <b>{t('language')}</b>
                <Segmented label={t('language')} value={now.language} choices={(['system', 'en', 'fr'] as const).map((value) => ({ value, label: t(`language.${value}`) }))} onChange={(language) => change({ language })} />
              </div>
              <div className={styles.line}>
                <b>{t('theme')}</b>
                <Segmented label={t('theme')} value={now.theme} choices={(['system', 'light', 'dark'] as const).map((value) => ({ value, label: t(`theme.${value}`) }))} onChange={(theme) => change({ theme })} />
              </div>
            </div>
          </Card>
          <Card title={t('sound.title')}>
            <div className={styles.body}>
              <Switch label={t('sound')} hint={t('sound.hint')} on={now.sound} onChange={(sound) => change({ sound })} />
              <div><Button size="small" icon="play" onClick={playChord}>{t('sound.try')}</Button></div>
            </div>
          </Card>
          <Card title={t('place.title')}>
            <div className={styles.body}>
              <p className={styles.hint}>{t(info?.demo ? 'place.demo' : 'place.text')}</p>
              <div className={styles.line}>
                <span className={`${styles.folder} mono`}><span className="visually-hidden">{t('place.folder')} </span>{info?.folder}</span>
                <CopyButton text={info?.folder ?? ''} said={t('said.copied')}>{t('place.copy')}</CopyButton>
              </div>
            </div>
          </Card>
        </div>
        <Card title={t('work.title')}>
          <div className={styles.body}>
            <Choices
              label={t('done')}
              hint={t('done.hint')}
              value={DONE.find((stage) => stage === now.doneStage) ?? null}
              choices={DONE.map((value) => ({ value, label: t(`done.${value}`), hint: t(`done.${value}.hint`) }))}
              onChange={(doneStage) => change({ doneStage })}
            />
            <Choices
              label={t('adopt')}
              hint={t('adopt.hint')}
              value={now.adopt}
              choices={ADOPT.map((value) => ({ value, label: t(`adopt.${value}`), hint: t(`adopt.${value}.hint`) }))}
              onChange={(adopt) => change({ adopt })}
            />
          </div>
        </Card>
      </div>
    </Page>
  );
}
