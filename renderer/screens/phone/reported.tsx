import { useState } from 'react';
import type { ProfileView } from '../../../common/contract/views/phone.ts';
import type { Mac } from '../../../common/values/mac.ts';
import { useHostClock } from '../../model/clock.ts';
import { EmptyPanel, Skeleton } from '../../parts/card.tsx';
import { Code } from '../../parts/code.tsx';
import { Segmented } from '../../parts/segmented.tsx';
import { useText } from '../../text/i18n.ts';
import { useFormat } from '../../text/use-format.ts';
import { Failure } from '../../parts/failure.tsx';
import { ComparePart } from './compare-part.tsx';
import { ReceivedPart } from './received-part.tsx';
import styles from './reported.module.css';
import { useReports } from './use-reports.ts';

type Way = 'compare' | 'text' | 'received';

/** What the phone says it holds: against what it was served, as text, and everything else that it sent. */
export function Reported({ mac, profile }: { readonly mac: Mac; readonly profile: ProfileView }) {
  const t = useText('reports');
  const format = useFormat();
  const now = useHostClock();
  const { reported, served } = profile;
  const reports = useReports(mac, `${reported?.at ?? 0} ${served?.at ?? 0}`);
  const [picked, setPicked] = useState<Way | null>(null);
  const way = picked ?? (reported ? 'compare' : 'received');
  if (reports.rows === null) {
    return reports.failure ? <div className={styles.pad}><Failure text={reports.failure} /></div> : <div className={styles.loading}><Skeleton width="80%" /><Skeleton width="64%" /><Skeleton width="72%" /></div>;
  }
  if (reports.rows.length === 0 && !reported) return <EmptyPanel icon="file" title={t('none')}><p>{t('none.text')}</p></EmptyPanel>;
  return (
    <div className={styles.reported}>
      <div className={styles.head}>
        <Segmented small label={t('way')} value={way} choices={(['compare', 'text', 'received'] as const).map((value) => ({ value, label: t(`way.${value}`) }))} onChange={setPicked} />
        {reported && way !== 'received' ? <span>{t('at', { time: format.moment(reported.at, now) })}</span> : null}
      </div>
      {reports.failure ? <div className={styles.pad}><Failure text={reports.failure} /></div> : null}
      {way === 'received' ? (
        <ReceivedPart reports={reports} />
      ) : !reported ? (
        <EmptyPanel title={t('unread')}><p>{t('unread.text')}</p></EmptyPanel>
      ) : way === 'text' ? (
        <Code lines={reported.text.replace(/\r?\n$/, '').split(/\r?\n/).map((text, index) => ({ kind: 'same', text, line: index + 1 }))} label={t('way.text')} />
      ) : (
        <ComparePart rows={reports.compared ?? []} served={served !== null} />
      )}
    </div>
  );
}
