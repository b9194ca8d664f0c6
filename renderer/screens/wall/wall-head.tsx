import { bench } from '../../model/bench.ts';
import { useSignal } from '../../model/signal.ts';
import { Sign } from '../../parts/sign.tsx';
import { formatTime } from '../../text/format.ts';
import { useFormat } from '../../text/use-format.ts';
import { useText } from '../../text/i18n.ts';
import styles from './wall.module.css';

const NAMED = ['resynced', 'reported', 'proved'] as const;

/** How many are done, working, in need, to plug in, and when the rest will be done. */
export function WallHead() {
  const t = useText('wall');
  const format = useFormat();
  const counts = useSignal(bench.counts);
  const finish = useSignal(bench.finish);
  const info = useSignal(bench.info);
  useSignal(bench.shapes);
  useSignal(bench.macs);
  if (!counts) return <header className={styles.head} />;
  // A phone that was refused its profile is still expected by its stage, but it needs a hand and not a cable.
  const waiting = bench.all().filter((phone) => phone.face === 'expected').length;
  const working = Math.max(0, counts.all - counts.done - counts.attention - waiting);
  const stage = NAMED.find((each) => each === info?.doneStage) ?? 'other';
  return (
    <header className={styles.head}>
      <div className={styles.count}><b>{format.count(counts.done)}</b><span>/ {format.count(counts.all)}</span></div>
      <div className={styles.word}>{t(`of.${stage}`)}</div>
      <div className={styles.bar} aria-hidden="true">
        {counts.done > 0 ? <i className={styles.barDone} style={{ flexGrow: counts.done }} /> : null}
        {working > 0 ? <i className={styles.barWorking} style={{ flexGrow: working }} /> : null}
        {counts.attention > 0 ? <i className={styles.barNeeds} style={{ flexGrow: counts.attention }} /> : null}
        {waiting > 0 ? <i className={styles.barWaiting} style={{ flexGrow: waiting }} /> : null}
      </div>
      <div className={`${styles.figure} ${styles.run}`}><Sign name="working" size={32} percent={60} />{format.count(working)} <small>{t('working')}</small></div>
      <div className={`${styles.figure} ${styles.att}`}><Sign name="attention" size={32} />{format.count(counts.attention)} <small>{t('needs', { count: counts.attention })}</small></div>
      <div className={`${styles.figure} ${styles.wait}`}><Sign name="expected" size={32} />{format.count(waiting)} <small>{t('plug')}</small></div>
      {finish ? <div className={styles.end}><small>{t('ends')}</small><b>{formatTime(finish.at)}</b></div> : null}
    </header>
  );
}
