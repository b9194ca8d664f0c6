import type { Mac } from '../../../common/values/mac.ts';
import { macForEyes } from '../../../common/values/mac.ts';
import { useState } from 'react';
import { host } from '../../api/host.ts';
import { useCall } from '../../api/use-call.ts';
import { bench, usePhone } from '../../model/bench.ts';
import { useKeys } from '../../model/keys.ts';
import { router } from '../../model/router.ts';
import { useSignal } from '../../model/signal.ts';
import { showToast } from '../../model/toasts.ts';
import { Button } from '../../parts/button.tsx';
import { EmptyPanel, Skeleton } from '../../parts/card.tsx';
import { MacAddress } from '../../parts/mac.tsx';
import { PipelineSteps } from '../../parts/pipeline.tsx';
import { formatNumber } from '../../text/format.ts';
import { useText } from '../../text/i18n.ts';
import { CauseCard } from './cause-card.tsx';
import { IdentityCard } from './identity-card.tsx';
import styles from './phone.module.css';
import { ProfileCard } from './profile-card.tsx';
import { Timeline } from './timeline.tsx';
import { usePhonePage } from './use-phone-page.ts';

/** One phone: who it is, how far it is, what is likely wrong, what it said, what it got. */
export function PhoneScreen({ mac }: { readonly mac: Mac }) {
  const t = useText('phone');
  const frame = useText('frame');
  const live = usePhone(mac);
  const known = useSignal(bench.macs).includes(mac);
  const data = usePhonePage(mac);
  const call = useCall();
  const [chosen, setChosen] = useState<number | null>(null);
  const phone = live ?? data.page?.phone;

  const cannot = phone?.ip ? null : t('resync.cannot');
  const resync = () => {
    if (cannot || call.busy) return;
    void call.run(() => host.phones.resync({ mac })).then((answer) => {
      if (answer) showToast(answer.asked ? t('resync.asked') : t('resync.not-asked'), { tone: answer.asked ? 'quiet' : 'attention' });
      data.refresh();
    });
  };
  useKeys({ 'shift+R': resync });

  if (!known && (data.page === null || !phone)) {
    return (
      <div className={styles.page}>
        <EmptyPanel boxed sign="off" title={t('gone.title')} actions={<Button onClick={() => router.go({ name: 'bench' })}>{t('back')}</Button>}>
          <p>{t('gone.text', { mac: macForEyes(mac) })}</p>
        </EmptyPanel>
      </div>
    );
  }
  const facts = phone ? [phone.model, phone.serial, phone.name, phone.ip, phone.firmware].filter(Boolean) : [];
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Button kind="quiet" icon="back" shortcut="Esc" onClick={() => router.back()}>{router.behind().name === 'activity' ? frame('nav.activity') : t('back')}</Button>
        <span className={`${styles.number} ${phone?.face === 'attention' ? styles.attention : phone?.face === 'done' ? styles.done : ''}`}>{formatNumber(phone?.number ?? null)}</span>
        <div className={styles.who}>
          <h1 className={styles.mac}><MacAddress mac={mac} /></h1>
          <p className={`${styles.facts} cut-off`}>{facts.join(' · ')}</p>
        </div>
        <div className={styles.acts}>
          {call.failure ? <p className={styles.failure} role="alert">{call.failure}</p> : null}
          <Button icon="resync" shortcut="Shift R" onClick={resync} working={call.busy} cannot={cannot}>{t('resync')}</Button>
        </div>
      </header>
      <section className={styles.way} aria-label={t('pipeline')}>
        {phone && data.page ? <PipelineSteps phone={phone} stages={data.page.stages} /> : <div style={{ padding: 24 }}><Skeleton height={24} /></div>}
      </section>
      <div className={styles.columns}>
        <div className={styles.left}>
          {phone && data.page ? <CauseCard page={data.page} phone={phone} profile={data.profile} rows={data.timeline.rows} onEvidence={setChosen} /> : <Loading label={t('loading')} />}
          <IdentityCard facts={data.page?.identity ?? []} />
        </div>
        <Timeline data={data} causes={data.page?.causes ?? []} chosen={chosen} onChoose={setChosen} nextTryAt={data.page?.nextTryAt ?? null} />
        <ProfileCard mac={mac} profile={data.profile} onStarter={data.refresh} />
      </div>
    </div>
  );
}

function Loading({ label }: { readonly label: string }) {
  return (
    <EmptyPanel boxed title={label}>
      <Skeleton width="90%" />
      <Skeleton width="80%" />
      <Skeleton width="60%" />
    </EmptyPanel>
  );
}
