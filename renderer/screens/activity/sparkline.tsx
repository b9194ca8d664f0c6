import { useText } from '../../text/i18n.ts';
import styles from './activity.module.css';
import { sparkPoints } from './spark.ts';

const WIDTH = 84;
const HEIGHT = 26;

/** A figure with its last minute. The line stands still between two seconds; its words are the figure. */
export function Rate({ name, value, history, tone = 'run' }: { readonly name: string; readonly value: string; readonly history: readonly number[]; readonly tone?: 'run' | 'attention' }) {
  const t = useText('activity');
  return (
    <span className={styles.rate} title={t('rate.minute', { name, value })}>
      <span>{name}</span>
      <b>{value}</b>
      <svg width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" className={tone === 'attention' ? styles.bad : styles.good}>
        <polyline fill="none" stroke="currentColor" strokeWidth="1.6" points={sparkPoints(history, WIDTH, HEIGHT)} />
      </svg>
    </span>
  );
}
