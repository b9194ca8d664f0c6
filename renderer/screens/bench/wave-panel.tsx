import { host } from '../../api/host.ts';
import { useCall } from '../../api/use-call.ts';
import { useWaves } from '../../api/waves.ts';
import { router } from '../../model/router.ts';
import { useSignal } from '../../model/signal.ts';
import { waves } from '../../model/wave-store.ts';
import { Button } from '../../parts/button.tsx';
import { Icon } from '../../parts/sign.tsx';
import { useFormat } from '../../text/use-format.ts';
import { useText } from '../../text/i18n.ts';
import { versionOf } from '../firmware/firmware-words.ts';
import { roomWords } from '../firmware/wave-words.ts';
import styles from './bench.module.css';

/** The wave in three lines at the foot of the worklist, while one runs. */
export function WavePanel() {
  const t = useText('firmwareWave');
  const format = useFormat();
  useWaves();
  const heads = useSignal(waves.waves).filter(({ state }) => state !== 'ended');
  const keys = useSignal(waves.keys);
  const counts = useSignal(waves.counts);
  const room = useSignal(waves.room);
  const { run, busy, failure } = useCall();
  if (heads.length === 0) return null;
  const loading = counts.loading + counts.writing;
  const waiting = counts.queued + counts.told;
  const paused = heads.every(({ state }) => state === 'paused');
  const phones = [
    loading > 0 ? t('panel.loading', { count: loading }) : t('panel.nobody'),
    ...(waiting > 0 ? [t('panel.queued', { count: waiting })] : []),
    ...(counts.held > 0 ? [t('panel.held', { count: counts.held })] : []),
  ].join(', ');
  const ways = new Set(heads.map(({ id, target }) => {
    const count = Math.max(1, ...keys.flatMap((key) => { const row = waves.row(key); return row?.wave === id ? [row.phone.hops.length] : []; }));
    return t('panel.hops', { count, version: versionOf(target) });
  }));
  const carried = roomWords(room ?? { rate: null, capacity: null }, counts, t, format);
  const act = () => void run(() => (paused ? host.firmware.resume({ mac: null }) : host.firmware.pause({ mac: null })));
  return (
    <section className={styles.wavePanel} aria-label={t('title')}>
      <h2>
        <Icon name="chip" size={18} />
        {t('title')}
        <span className={styles.waveAct}><Button size="small" icon={paused ? 'play' : 'pause'} working={busy} onClick={act}>{paused ? t('resume') : t('pause')}</Button></span>
      </h2>
      <p className={styles.text}>{phones}. {[...ways, ...(carried === '' ? [] : [carried])].join(', ')}.</p>
      <Button size="small" kind="quiet" onClick={() => router.go({ name: 'firmware' })}>{t('panel.show')}</Button>
      {failure ? <p className={styles.failure} role="alert">{failure}</p> : null}
    </section>
  );
}
