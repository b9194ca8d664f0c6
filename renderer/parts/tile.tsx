import { memo, useEffect, useRef } from 'react';
import { bench, usePhone } from '../model/bench.ts';
import type { PhoneView } from '../../common/contract/views/phone.ts';
import type { Mac } from '../../common/values/mac.ts';
import { formatNumber } from '../text/format.ts';
import { macEnd } from './mac-words.ts';
import { modelWords, percentWords, stateWords, tileLabel, tileTime } from './phone-words.ts';
import { PipelineBars } from './pipeline.tsx';
import { Sign } from './sign.tsx';
import { wayPercent } from './stages.ts';
import { takeTint } from './tint.ts';
import styles from './tile.module.css';
import { useWords } from './use-words.ts';

/** A phone of the bench. It renders again only when its own phone changed in more than its progress. */
export const Tile = memo(function Tile({ mac }: { readonly mac: Mac }) {
  const phone = usePhone(mac);
  return phone ? <LiveTile phone={phone} /> : null;
});

function LiveTile({ phone }: { readonly phone: PhoneView }) {
  const ref = useRef<HTMLDivElement>(null);
  const words = useWords();
  const before = useRef(phone.stage);
  useEffect(() => {
    const tile = ref.current;
    if (!tile) return undefined;
    if (before.current !== phone.stage) {
      before.current = phone.stage;
      takeTint(tile, styles.changed ?? '');
    }
    return followProgress(tile, phone.mac, (now) => {
      const label = tile.parentElement;
      if (label?.role === 'gridcell') label.ariaLabel = tileLabel(now, bench.hostNow(), words);
      const percent = tile.querySelector('[data-percent]');
      if (percent) percent.textContent = percentWords(now, words.language);
    });
  }, [phone, words]);
  return <TileFace phone={phone} now={bench.hostNow()} ref={ref} />;
}

/** The drawing alone: also what first run shows to explain the faces. */
export function TileFace({ phone, now, ref }: { readonly phone: PhoneView; readonly now: number; readonly ref?: React.Ref<HTMLDivElement> }) {
  const words = useWords();
  const attention = phone.face === 'attention';
  return (
    <div ref={ref} className={`${styles.tile} ${styles[phone.face] ?? ''}`} style={progressOf(phone)} aria-hidden="true">
      <div className={styles.head}>
        <span className={styles.number}>{formatNumber(phone.number)}</span>
        <span className={styles.model}>{modelWords(phone)}</span>
        <Sign name={phone.face} size={24} className={styles.sign} />
      </div>
      <div className={styles.second}>
        <span className={styles.id}>{macEnd(phone.mac)}</span>
        <span>{tileTime(phone, now, words.language)}</span>
      </div>
      <PipelineBars phone={phone} />
      {attention ? (
        <div className={styles.cause}>{stateWords(phone, words)}</div>
      ) : (
        <div className={styles.state}>
          <span>{stateWords(phone, words)}</span>
          <span data-percent>{percentWords(phone, words.language)}</span>
        </div>
      )}
    </div>
  );
}

/** `--ring` is the sign's ring, `--part` the current bar. */
export function progressOf(phone: PhoneView): React.CSSProperties {
  const ring = phone.face === 'writing' ? (phone.moving?.percent ?? 0) : wayPercent(phone);
  return { '--ring': ring, '--part': (phone.moving?.percent ?? 35) / 100 } as React.CSSProperties;
}

const STEP_MS = 250;

/** Writes progress straight to CSS variables, at most four times a second, without any render. */
export function followProgress(element: HTMLElement, mac: Mac, more: (phone: PhoneView) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let wroteAt = 0;
  const write = () => {
    timer = null;
    const phone = bench.phone(mac);
    if (!phone) return;
    wroteAt = performance.now();
    for (const [name, value] of Object.entries(progressOf(phone))) element.style.setProperty(name, String(value));
    more(phone);
  };
  const stop = bench.watchProgress(mac, () => {
    if (timer !== null) return;
    const wait = STEP_MS - (performance.now() - wroteAt);
    if (wait <= 0) write();
    else timer = setTimeout(write, wait);
  });
  return () => {
    stop();
    if (timer !== null) clearTimeout(timer);
  };
}
