import { useCallback, useSyncExternalStore } from 'react';
import { macForEyes } from '../../../common/values/mac.ts';
import { host } from '../../api/host.ts';
import { useCall } from '../../api/use-call.ts';
import { bench } from '../../model/bench.ts';
import { router } from '../../model/router.ts';
import { showToast } from '../../model/toasts.ts';
import { waves, type WaveKey } from '../../model/wave-store.ts';
import { Button } from '../../parts/button.tsx';
import { formatNumber } from '../../text/format.ts';
import { useSentence, useText } from '../../text/i18n.ts';
import { Failure } from '../../parts/failure.tsx';
import styles from './wave.module.css';

/** What can be done with the phone of the chosen row, and why it is where it is; null while no row is chosen. */
export function RowActions({ selected, onCancel }: { readonly selected: WaveKey | null; readonly onCancel: (key: WaveKey) => void }) {
  const t = useText('firmwareWave');
  const say = useSentence();
  const { run, busy, failure } = useCall();
  const row = useSyncExternalStore(
    useCallback((listener) => (selected === null ? () => undefined : waves.watch(selected, listener)), [selected]),
    () => (selected === null ? undefined : waves.shape(selected)),
  );
  if (selected === null || !row) return null;
  const { mac, state, paused, problem } = row.phone;
  const number = bench.phone(mac)?.number ?? null;
  const name = number === null ? macForEyes(mac) : t('row.phone', { number: formatNumber(number) });
  const open = state === 'queued' || state === 'told' || state === 'loading' || state === 'writing';
  return (
    <div className={styles.actions} role="group" aria-label={name}>
      <b>{name}</b>
      {problem ? <p>{say(problem.code, problem.params)}</p> : null}
      {state === 'held' || state === 'failed' ? (
        <Button size="small" kind="primary" working={busy} onClick={() => void run(() => host.firmware.release({ mac })).then((done) => done && showToast(t('said.released', { name })))}>{t('release')}</Button>
      ) : null}
      {open && paused ? <Button size="small" icon="play" working={busy} onClick={() => void run(() => host.firmware.resume({ mac }))}>{t('resume')}</Button> : null}
      {open && !paused ? <Button size="small" icon="pause" working={busy} onClick={() => void run(() => host.firmware.pause({ mac }))}>{t('pause')}</Button> : null}
      {open || state === 'held' ? <Button size="small" onClick={() => onCancel(selected)}>{t('cancel-one')}</Button> : null}
      <Button size="small" kind="quiet" onClick={() => router.go({ name: 'phone', mac })}>{t('why')}</Button>
      {failure ? <Failure text={failure} /> : null}
    </div>
  );
}
