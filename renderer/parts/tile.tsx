import { memo, useEffect, useRef } from 'react';
import { bench, usePhone } from '../model/bench.ts';
import type { PhoneView } from '../../common/contract/views/phone.ts';
import type { Mac } from '../../common/values/mac.ts';
import { useHostClock } from '../model/clock.ts';
import { formatNumber } from '../text/format.ts';
import { useFormat } from '../text/use-format.ts';
import { macEnd } from './mac-words.ts';
import { minutesLeft, modelWords, movingPercent, percentWords, stateWords, tileLabel, tileTime } from './phone-words.ts';
import { PipelineBars } from './pipeline.tsx';
import { Sign } from './sign.tsx';
import { wayPercent } from './stages.ts';
import { takeTint } from './tint.ts';
import styles from './tile.module.css';
import { useWords } from './use-words.ts';

interface TileCellProps {
  readonly mac: Mac;
  /** 1-based. */
  readonly column: number;
  /** Tab reaches this tile. */
  readonly stop: boolean;
  readonly className: string;
  readonly onOpen: (mac: Mac) => void;
  readonly onFocus: (mac: Mac) => void;
}

/** A phone in the grid of the bench. It renders again only when its own phone changed in more than its progress. */
export const TileCell = memo(function TileCell({ mac, column, stop, className, onOpen, onFocus }: TileCellProps) {
  const phone = usePhone(mac);
  const words = useWords();
  const cell = useRef<HTMLDivElement>(null);
  const before = useRef(phone?.stage);
  const stage = phone?.stage;
  useEffect(() => {
    const tile = cell.current?.firstElementChild;
    if (stage === undefined || before.current === stage) return;
    before.current = stage;
    if (tile instanceof HTMLElement) takeTint(tile, styles.changed ?? '');
  }, [stage]);
  useEffect(() => {
    const tile = cell.current?.firstElementChild;
    if (!(tile instanceof HTMLElement)) return undefined;
    return followProgress(tile, mac, (now) => {
      cell.current?.setAttribute('aria-label', tileLabel(now, bench.hostNow(), words));
      const percent = tile.querySelector('[data-percent]');
      if (percent) percent.textContent = percentWords(now, words.language);
      const time = tile.querySelector('[data-time]');
      if (time) time.textContent = tileTime(now, bench.hostNow(), words);
    });
  }, [mac, words]);
  if (!phone) return <div role="gridcell" aria-colindex={column} />;
  return (
    <div
      ref={cell}
      role="gridcell"
      aria-colindex={column}
      aria-label={tileLabel(phone, bench.hostNow(), words)}
      data-mac={mac}
      tabIndex={stop ? 0 : -1}
      className={className}
      onClick={() => onOpen(mac)}
      onFocus={() => onFocus(mac)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter') return;
        event.preventDefault();
        onOpen(mac);
      }}
    >
      <TileFace phone={phone} />
    </div>
  );
});

/** The drawing alone: also what first run shows to explain the faces. */
export function TileFace({ phone }: { readonly phone: PhoneView }) {
  const words = useWords();
  const attention = phone.face === 'attention';
  return (
    <div className={`${styles.tile} ${styles[phone.face] ?? ''}`} style={progressOf(phone)} aria-hidden="true">
      <div className={styles.head}>
        <span className={styles.number}>{formatNumber(phone.number)}</span>
        <span className={styles.model}>{modelWords(phone)}</span>
        <Sign name={phone.face} size={24} className={styles.sign} />
      </div>
      <div className={styles.second}>
        <span className={styles.id}>{macEnd(phone.mac)}</span>
        {phone.face === 'silent' && phone.upgrade === null ? <span><SilentFor phone={phone} /></span> : <span data-time>{tileTime(phone, bench.hostNow(), words)}</span>}
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

/** How long nothing was heard; the only part of a tile that goes on by itself. */
function SilentFor({ phone }: { readonly phone: PhoneView }) {
  const now = useHostClock();
  const format = useFormat();
  return phone.heardAt === null ? null : format.duration(now - phone.heardAt);
}

/** `--ring` is the sign's ring, `--part` the current bar. */
export function progressOf(phone: PhoneView): React.CSSProperties {
  const percent = movingPercent(phone);
  const ring = phone.face === 'writing' ? (percent ?? 100) : wayPercent(phone);
  return { '--ring': Math.floor(ring), '--part': (percent ?? 35) / 100 } as React.CSSProperties;
}

const STEP_MS = 250;

/** Writes progress straight to CSS variables, at most four times a second, without any render. */
export function followProgress(element: HTMLElement, mac: Mac, more: (phone: PhoneView) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let wroteAt = 0;
  let shown = seen(bench.phone(mac));
  const write = () => {
    timer = null;
    const phone = bench.phone(mac);
    // Most signs of life move nothing that is seen.
    if (!phone || seen(phone) === shown) return;
    shown = seen(phone);
    wroteAt = performance.now();
    for (const [name, value] of Object.entries(progressOf(phone))) element.style.setProperty(name, String(value));
    more(phone);
  };
  const stop = bench.watchProgress(mac, (phone) => {
    if (timer !== null || seen(phone) === shown) return;
    const wait = STEP_MS - (performance.now() - wroteAt);
    if (wait <= 0) write();
    else timer = setTimeout(write, wait);
  });
  return () => {
    stop();
    if (timer !== null) clearTimeout(timer);
  };
}

/** What a tile shows of progress: whole percent and minutes. */
function seen(phone: PhoneView | undefined): string {
  if (!phone) return '';
  const percent = movingPercent(phone);
  return `${percent === null ? '' : Math.floor(percent)} ${minutesLeft(phone, bench.hostNow()) ?? ''}`;
}
