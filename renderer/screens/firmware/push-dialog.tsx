import { useState } from 'react';
import type { FirmwarePlan } from '../../../common/values/firmware.ts';
import { host } from '../../api/host.ts';
import { useCall } from '../../api/use-call.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Sign } from '../../parts/sign.tsx';
import { useFormat } from '../../text/use-format.ts';
import { useText } from '../../text/i18n.ts';
import { useTemplates } from '../profiles/use-templates.ts';
import styles from './firmware.module.css';
import { aboutWords, foundationWords, hopsOf, versionWords } from './firmware-words.ts';
import { pushed } from './push-report.tsx';
import { TemplateChoice } from './template-choice.tsx';
import { askOf, type PlanChoice } from './use-plan.ts';

const BY_PAGE = '';

/** Asks how the phones are told before any of them is touched. */
export function PushDialog({ plan, wish, version, going, onClose }: { readonly plan: FirmwarePlan; readonly wish: PlanChoice; readonly version: string; readonly going: number; readonly onClose: () => void }) {
  const t = useText('firmware');
  const { list } = useTemplates();
  const { run, busy, failure } = useCall();
  /** undefined: nobody chose yet, then the template that serves most phones is meant. */
  const [name, setName] = useState<string | undefined>(undefined);
  const likely = list?.toSorted((a, b) => b.phones - a.phones)[0];
  const chosen = name ?? (likely && likely.phones > 0 ? likely.name : BY_PAGE);
  const push = () => {
    const { target } = wish;
    if (busy || target === null || list === undefined) return;
    void run(() => host.firmware.push({ ...askOf({ ...wish, target }), ...(chosen === BY_PAGE ? {} : { template: chosen }) })).then((report) => {
      if (!report) return;
      pushed.set({ report, version });
      onClose();
    });
  };
  return (
    <Dialog opened width={600} title={t('push.title', { count: going, version })} onClose={onClose} confirm={{ label: t('push.confirm', { count: going }), act: push, working: busy || list === undefined }} failure={failure}>
      <WhatMoves plan={plan} going={going} />
      <TemplateChoice
        label={t('push.how')}
        templates={list ?? []}
        value={chosen === BY_PAGE ? null : chosen}
        none={{ label: t('push.by-page'), text: t('push.by-page.text') }}
        onChange={(next) => setName(next ?? BY_PAGE)}
      />
      <p className={styles.note}>{chosen === BY_PAGE ? t('push.page-note') : t('push.template-note', { place: '{{bench_upgrade_rule}}' })}</p>
      <p className={styles.power}><Sign name="writing" size={18} percent={70} />{t('push.power')}</p>
    </Dialog>
  );
}

/** Every load that a phone takes, how much and how long; then all phones together and what that rests on. */
function WhatMoves({ plan, going }: { readonly plan: FirmwarePlan; readonly going: number }) {
  const t = useText('firmware');
  const format = useFormat();
  const about = aboutWords(plan, t, format);
  return (
    <>
      <ul className={styles.moves} aria-label={t('push.moves')}>
        {hopsOf(plan).map((hop) => (
          <li key={hop.load}>
            <b>{versionWords(hop.version)}</b>
            <span>{[t('plan.bytes', { size: format.size(hop.bytes) }), aboutWords(hop, t, format)].filter(Boolean).join(', ')}</span>
          </li>
        ))}
      </ul>
      {about === '' ? null : <p className={styles.note}>{t('plan.total', { count: going, about })}, {foundationWords(plan, t)}.</p>}
    </>
  );
}
