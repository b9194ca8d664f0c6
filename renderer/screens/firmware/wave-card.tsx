import { useMemo, useRef, useState } from 'react';
import { WAVE_PHONE_STATES, type WavePhoneState } from '../../../common/values/wave.ts';
import { host } from '../../api/host.ts';
import { useCall } from '../../api/use-call.ts';
import { bench } from '../../model/bench.ts';
import { useKeys } from '../../model/keys.ts';
import { useSignal } from '../../model/signal.ts';
import { waves, type WaveKey } from '../../model/wave-store.ts';
import { Badge } from '../../parts/badge.tsx';
import { Button } from '../../parts/button.tsx';
import { Card, EmptyPanel, Skeleton } from '../../parts/card.tsx';
import { Sign } from '../../parts/sign.tsx';
import { formatRanges, formatTime } from '../../text/format.ts';
import { useFormat } from '../../text/use-format.ts';
import { useText } from '../../text/i18n.ts';
import { Failure } from '../../parts/failure.tsx';
import { CancelDialog } from './cancel-dialog.tsx';
import { versionOf } from './firmware-words.ts';
import { RowActions } from './row-actions.tsx';
import { WaveTable } from './wave-table.tsx';
import { lastEnd, lastWords, roomWords } from './wave-words.ts';
import styles from './wave.module.css';

type Filter = 'all' | WavePhoneState;

/** Every phone of the waves that run, or of the last one: who loads, who waits, who is held, and when it ends. */
export function WaveCard() {
  const t = useText('firmwareWave');
  const known = useSignal(waves.known);
  const heads = useSignal(waves.waves);
  const keys = useSignal(waves.keys);
  const counts = useSignal(waves.counts);
  const shapes = useSignal(waves.shapes);
  const macs = useSignal(bench.macs);
  const { run, busy, failure } = useCall();
  const [filter, setFilter] = useState<Filter>('all');
  const [selected, setSelected] = useState<WaveKey | null>(null);
  const [cancels, setCancels] = useState<WaveKey | 'all' | null>(null);
  const reveal = useRef<(key: WaveKey) => void>(() => undefined);
  const shown = useMemo(() => {
    const number = (key: WaveKey) => bench.phone(waves.row(key)?.phone.mac ?? ('' as never))?.number ?? Infinity;
    return keys
      .filter((key) => filter === 'all' || waves.row(key)?.phone.state === filter)
      .map((key) => ({ key, number: number(key) }))
      .toSorted((a, b) => a.number - b.number)
      .map(({ key }) => key);
    // `shapes` and `macs` stand for what the store and the bench say of the rows.
  }, [keys, filter, shapes, macs]);
  useKeys({ Escape: () => setSelected(null) }, { active: selected !== null });
  const running = heads.some(({ state }) => state !== 'ended');
  const paused = heads.length > 0 && heads.every(({ state }) => state !== 'running');
  const held = keys.filter((key) => waves.row(key)?.phone.state === 'held');
  const showHeld = () => {
    setFilter('all');
    const [first] = held;
    if (first === undefined) return;
    setSelected(first);
    requestAnimationFrame(() => reveal.current(first));
  };
  if (!known) return <Card title={t('title')}><div className={styles.quiet}><Skeleton width={420} /><Skeleton width={380} /></div></Card>;
  if (heads.length === 0) {
    return (
      <Card title={t('title')} className={styles.wave}>
        <EmptyPanel title={t('none.title')}><p>{t('none.text')}</p></EmptyPanel>
      </Card>
    );
  }
  return (
    <Card
      className={styles.wave}
      title={<>{running ? t('title') : t('title.ended', { version: versionOf(heads[0]?.target ?? ''), time: formatTime(heads[0]?.endedAt ?? 0) })}{running ? <HeadBadge paused={paused} /> : null}</>}
      aside={
        running ? (
          <>
            <RoomLine />
            {paused ? (
              <Button size="small" icon="play" working={busy} onClick={() => void run(() => host.firmware.resume({ mac: null }))}>{t('resume-all')}</Button>
            ) : (
              <Button size="small" icon="pause" working={busy} onClick={() => void run(() => host.firmware.pause({ mac: null }))}>{t('pause-all')}</Button>
            )}
            <Button size="small" onClick={() => setCancels('all')}>{t('cancel')}</Button>
          </>
        ) : null
      }
      foot={selected === null ? <Foot held={held} onHeld={showHeld} /> : <RowActions selected={selected} onCancel={setCancels} />}
    >
      {failure ? <div className={styles.failed}><Failure text={failure} /></div> : null}
      <div className={styles.filters} role="group" aria-label={t('filter.label')}>
        <FilterButton on={filter === 'all'} onClick={() => setFilter('all')}>{t('filter.all', { count: keys.length })}</FilterButton>
        {WAVE_PHONE_STATES.filter((state) => counts[state] > 0 || filter === state).map((state) => (
          <FilterButton key={state} on={filter === state} trouble={state === 'held' || state === 'failed'} onClick={() => setFilter(filter === state ? 'all' : state)}>{t(`filter.${state}`, { count: counts[state] })}</FilterButton>
        ))}
      </div>
      <WaveTable keys={shown} selected={selected} onSelect={setSelected} control={(show) => { reveal.current = show; }} />
      {cancels ? <CancelDialog whom={cancels} onClose={() => setCancels(null)} /> : null}
    </Card>
  );
}

function FilterButton({ on, trouble = false, onClick, children }: { readonly on: boolean; readonly trouble?: boolean; readonly onClick: () => void; readonly children: string }) {
  return <button type="button" className={`${styles.filter} ${trouble ? styles.bad : ''}`} aria-pressed={on} onClick={onClick}>{children}</button>;
}

/** "10 loading, 1 queued", over all waves that run. */
function HeadBadge({ paused }: { readonly paused: boolean }) {
  const t = useText('firmwareWave');
  const counts = useSignal(waves.counts);
  const loading = counts.loading + counts.writing;
  const waiting = counts.queued + counts.told;
  const parts = [...(loading > 0 ? [t('badge.loading', { count: loading })] : []), ...(waiting > 0 ? [t('badge.queued', { count: waiting })] : [])];
  const all = WAVE_PHONE_STATES.reduce((sum, state) => sum + counts[state], 0);
  return (
    <span className={`${styles.badge} ${paused ? '' : styles.counted}`}>
      <Badge tone={paused ? 'quiet' : 'moving'}>
        {paused ? <Sign name="held" size={14} /> : <Sign name="working" size={14} percent={all > 0 ? (100 * counts.done) / all : 0} />}
        {paused ? t('badge.paused') : parts.length > 0 ? parts.join(', ') : t('badge.done', { count: counts.done })}
      </Badge>
    </span>
  );
}

/** "61 MB/s of 118, ends 15:05 ± 3 min"; between two files "restarting, end not known yet". */
function RoomLine() {
  const t = useText('firmwareWave');
  const format = useFormat();
  const room = useSignal(waves.room);
  const carried = roomWords(room ?? { rate: null, capacity: null }, useSignal(waves.counts), t, format);
  const end = lastEnd(useSignal(waves.waves));
  return (
    <span className={styles.room}>
      {carried === '' ? '' : `${carried}, `}
      {end ? <>{t('ends')} <b>{formatTime(end.at)}</b> ± {format.duration(end.minutes * 60_000)}</> : t('ends.unknown')}
    </span>
  );
}

function Foot({ held, onHeld }: { readonly held: readonly WaveKey[]; readonly onHeld: () => void }) {
  const t = useText('firmwareWave');
  const last = useSignal(waves.last);
  const numbers = formatRanges(held.flatMap((key) => bench.phone(waves.row(key)?.phone.mac ?? ('' as never))?.number ?? []), 4);
  return (
    <>
      <span>{t('foot')} {lastWords(last, t)}</span>
      {held.length > 0 ? (
        <button type="button" className={styles.heldLink} onClick={onHeld}><Sign name="held" size={15} />{t('held', { count: held.length, numbers: numbers.text })}</button>
      ) : null}
    </>
  );
}

