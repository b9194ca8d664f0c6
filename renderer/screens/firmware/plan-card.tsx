import { useState } from 'react';
import type { FirmwareLoad } from '../../../common/values/firmware.ts';
import { useKeys } from '../../model/keys.ts';
import { useSignal } from '../../model/signal.ts';
import { Button } from '../../parts/button.tsx';
import { Card, Skeleton } from '../../parts/card.tsx';
import { Sign } from '../../parts/sign.tsx';
import { Switch } from '../../parts/switch.tsx';
import { useFormat } from '../../text/use-format.ts';
import { useSentence, useText } from '../../text/i18n.ts';
import { Failure } from '../../parts/failure.tsx';
import styles from './firmware.module.css';
import { aboutWords, foundationWords, goes, versionWords } from './firmware-words.ts';
import { PlanChoiceBar } from './plan-choice.tsx';
import { PlanPaths } from './plan-paths.tsx';
import { PushDialog } from './push-dialog.tsx';
import { PushReportPanel } from './push-report.tsx';
import { RuleDialog, WriteDialog } from './rule-dialogs.tsx';
import { choice, choose, usePlan } from './use-plan.ts';

/** The way to a load for each group of phones, the rule that leads them, and the push. */
export function PlanCard({ loads }: { readonly loads: readonly FirmwareLoad[] }) {
  const t = useText('firmware');
  const say = useSentence();
  const format = useFormat();
  const wish = useSignal(choice);
  const { plan, failure } = usePlan(wish, loads.map(({ name, complete }) => `${name} ${complete}`).join());
  const [dialog, setDialog] = useState<'rule' | 'write' | 'push' | null>(null);
  const open = (next: 'rule' | 'write' | 'push') => {
    choose({});
    setDialog(next);
  };
  const close = () => setDialog(null);
  const target = loads.find(({ name }) => name === wish.target);
  const going = plan ? plan.paths.filter(goes).reduce((sum, path) => sum + path.phones.length, 0) : 0;
  const down = plan ? plan.paths.filter(({ problem }) => problem?.code === 'firmware.downgrade').reduce((sum, path) => sum + path.phones.length, 0) : 0;
  const about = plan && going > 0 ? aboutWords(plan, t, format) : '';
  const noRule = plan?.rule === null ? t('plan.no-rule') : plan ? null : t('plan.none-yet');
  const noPush = noRule ?? (going === 0 ? t('push.nobody') : null);
  useKeys({ 'shift+U': () => { if (!noPush) open('push'); } }, { active: dialog === null });
  return (
    <Card
      className={styles.plan}
      title={target ? t('plan.title', { version: versionWords(target.version) }) : t('plan.title.none')}
      aside={
        <>
          <Button size="small" cannot={noRule} onClick={() => open('rule')}>{t('plan.rule')}</Button>
          <Button size="small" cannot={noRule} onClick={() => open('write')}>{t('plan.write')}</Button>
          <Button size="small" kind="primary" shortcut="Shift U" cannot={noPush} onClick={() => open('push')}>{going > 0 ? t('push', { count: going }) : t('push.none')}</Button>
        </>
      }
    >
      <PlanChoiceBar loads={loads} wish={wish}>{plan && about !== '' ? <p className={styles.total}>{t('plan.total', { count: going, about })}, {foundationWords(plan, t)}.</p> : null}</PlanChoiceBar>
      <PushReportPanel />
      {failure ? <div className={styles.failed}><Failure text={failure} /></div> : null}
      {plan && plan.problems.length > 0 ? (
        <ul className={styles.problems} aria-label={t('plan.problems')}>
          {plan.problems.map((problem, index) => <li key={index}><Sign name="attention" size={15} /><span>{say(problem.code, problem.params)}</span></li>)}
        </ul>
      ) : null}
      {down > 0 || wish.allowDowngrade ? (
        <div className={styles.down}>
          <Switch label={t('plan.down')} hint={t('plan.down.text', { count: down })} on={wish.allowDowngrade} onChange={(allowDowngrade) => choose({ allowDowngrade })} />
        </div>
      ) : null}
      {plan === null && failure === null ? <div className={styles.skeletons}>{wish.target === null ? <p>{t('plan.choose')}</p> : <><Skeleton width={520} height={34} /><Skeleton width={440} height={34} /></>}</div> : null}
      {plan && plan.paths.length === 0 ? <p className={styles.nobody}>{t('plan.nobody')}</p> : null}
      {plan && plan.paths.length > 0 ? <PlanPaths paths={plan.paths} /> : null}
      {dialog === 'rule' && plan?.rule ? <RuleDialog rule={plan.rule} onClose={close} /> : null}
      {dialog === 'write' && target ? <WriteDialog wish={wish} version={versionWords(target.version)} onClose={close} /> : null}
      {dialog === 'push' && target && plan ? <PushDialog plan={plan} wish={wish} version={versionWords(target.version)} going={going} onClose={close} /> : null}
    </Card>
  );
}
