import { connection } from '../../api/host.ts';
import type { ConnectionState } from '../../api/connection.ts';
import { useHostClock } from '../../model/clock.ts';
import { Button } from '../../parts/button.tsx';
import { Sign } from '../../parts/sign.tsx';
import { formatSeconds } from '../../text/format.ts';
import { useFormat } from '../../text/use-format.ts';
import { useText } from '../../text/i18n.ts';
import styles from './frame.module.css';

/** The bench was started anew: its token is another one. */
export function RefusedBar() {
  const t = useText('frame');
  return (
    <div className={styles.lost} role="region" aria-label={t('anew.title')}>
      <Sign name="attention" size={22} />
      <b>{t('anew.title')}</b>
      <span>{t('refused.next')}</span>
    </div>
  );
}

/** The host is gone: the last state stays, dated, with the time of the next try. */
export function LostBar({ state }: { readonly state: Extract<ConnectionState, { kind: 'lost' }> }) {
  const t = useText('frame');
  const format = useFormat();
  useHostClock();
  const wait = state.retryAt === null ? null : Math.max(0, state.retryAt - Date.now());
  return (
    <div className={styles.lost} role="region" aria-label={t('lost.title')}>
      <Sign name="attention" size={22} />
      <b>{t('lost.title')}</b>
      <span>{t('lost.kept', { time: formatSeconds(state.since) })}</span>
      <span>{wait === null ? t('lost.trying') : t('lost.next', { time: format.duration(wait + 999) })}</span>
      <span className={styles.gap} />
      <Button size="small" onClick={() => connection.tryNow()}>{t('lost.now')}</Button>
    </div>
  );
}
