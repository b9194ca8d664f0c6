import { router } from '../../model/router.ts';
import { Button } from '../../parts/button.tsx';
import { Page } from '../../parts/page.tsx';
import { useText } from '../../text/i18n.ts';
import { DoctorCard } from './doctor-card.tsx';
import styles from './doctor.module.css';
import { RingCard } from './ring-card.tsx';
import { useRing } from './use-ring.ts';

/** What a file is and what opens it; and the keys that this bench keeps. */
export function DoctorScreen() {
  const t = useText('doctor');
  const ring = useRing();
  return (
    <Page title={t('title')} lead={t('lead')} actions={<Button icon="back" kind="quiet" shortcut="Esc" onClick={() => router.back()}>{t('leave')}</Button>}>
      <div className={styles.columns}>
        <DoctorCard keys={ring.keys ?? []} />
        <RingCard ring={ring} />
      </div>
    </Page>
  );
}
