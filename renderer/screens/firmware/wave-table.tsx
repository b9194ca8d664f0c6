import { useEffect, useMemo, useRef, type CSSProperties, type RefObject } from 'react';
import { spokenName } from '../../../common/values/model.ts';
import type { Mac } from '../../../common/values/mac.ts';
import { macForEyes } from '../../../common/values/mac.ts';
import { bench } from '../../model/bench.ts';
import { router } from '../../model/router.ts';
import { focusedPhone } from '../../model/shown.ts';
import { waves, type WaveKey, type WaveRow } from '../../model/wave-store.ts';
import { NumberBadge } from '../../parts/badge.tsx';
import { Sign } from '../../parts/sign.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { causeWords } from '../../parts/phone-words.ts';
import { useWords } from '../../parts/use-words.ts';
import { formatNumber } from '../../text/format.ts';
import { useFormat } from '../../text/use-format.ts';
import { useLanguage, useSentence, useText } from '../../text/i18n.ts';
import { sentence } from '../../../common/contract/sentences/sentence.ts';
import { doingWords, minutesLeft, needsPower, rateWords } from './wave-words.ts';
import styles from './wave.module.css';

/** What a cell takes beside its words: padding at both sides, and a sign with its gap. */
const PADDING = 12;
const SIGN = 24;

const watch = {
  subscribe: (key: WaveKey, listener: () => void) => waves.watch(key, listener),
  state: (key: WaveKey) => waves.shape(key),
};

/** One row of 30 px for each phone; bytes and times are written straight to the row, only other changes draw it again. */
export function WaveTable({ keys, selected, onSelect, control }: {
  readonly keys: readonly WaveKey[];
  readonly selected: WaveKey | null;
  readonly onSelect: (key: WaveKey) => void;
  readonly control: (reveal: (key: WaveKey) => void) => void;
}) {
  const t = useText('firmwareWave');
  const format = useFormat();
  const label = useRowLabel();
  const stages = Math.max(1, ...keys.map((key) => waves.row(key)?.phone.hops.length ?? 1));
  const columns = useMemo<readonly Column<WaveKey>[]>(() => [
    { id: 'number', title: t('col.number'), width: '44px', cell: (key) => <NumberBadge small number={phoneOf(key)?.number ?? null} tone={troubled(key) ? 'attention' : 'quiet'} /> },
    { id: 'model', title: t('col.model'), width: '46px', cell: (key) => { const model = phoneOf(key)?.model; return model ? spokenName(model) : '?'; } },
    { id: 'doing', title: t('col.doing'), width: 'var(--doing-column)', cell: (key) => <DoingCell at={key} /> },
    { id: 'stage', title: t('col.stage'), width: roomFor([t('stage', { stage: stages, of: stages })]), cell: (key) => { const phone = waves.row(key)?.phone; return phone ? t('stage', { stage: phone.stage, of: phone.hops.length }) : ''; } },
    { id: 'bar', title: t('col.bar'), width: 'minmax(44px, 1.3fr)', cell: (key) => <BarCell at={key} /> },
    { id: 'percent', title: t('col.percent'), width: roomFor([format.percent(100)]), align: 'right', cell: () => <span data-percent className={styles.percent} /> },
    { id: 'rate', title: t('col.rate'), width: roomFor([t('rate', { size: format.size(888_800_000) }), t('next')], -10), align: 'right', cell: () => <span data-rate className={styles.rate} /> },
    { id: 'left', title: t('col.left'), width: '58px', align: 'right', cell: () => <span data-left /> },
    { id: 'power', title: t('col.power'), width: `min(var(--power-most), ${roomFor([t('keep-power'), t('paused'), t('is-held'), t('is-failed')], SIGN)})`, cell: (key) => <PowerCell at={key} /> },
  ], [t, format, stages]);
  return (
    <Table
      bare
      headless
      label={t('table.label', { count: keys.length })}
      columns={columns}
      rows={keys}
      rowKey={same}
      rowLabel={label}
      tone={toneOf}
      watch={watch}
      selected={selected}
      onSelect={onSelect}
      onOpen={open}
      control={control as (reveal: (key: string | number) => void) => void}
    />
  );
}

/** A track in which the longest of these words stands in one piece, in any language: a digit is wider than most letters. */
function roomFor(words: readonly string[], beside = 0): string {
  return `calc(${PADDING + beside}px + ${Math.max(...words.map(({ length }) => length))}ch)`;
}

const same = (key: WaveKey) => key;
const toneOf = (key: WaveKey) => (troubled(key) ? ('attention' as const) : ('quiet' as const));

function phoneOf(key: WaveKey) {
  return bench.phone(macOf(key));
}

function macOf(key: WaveKey): Mac {
  return key.slice(key.indexOf(' ') + 1) as Mac;
}

function troubled(key: WaveKey): boolean {
  const state = waves.row(key)?.phone.state;
  return state === 'held' || state === 'failed';
}

function open(key: WaveKey): void {
  focusedPhone.set(macOf(key));
  router.go({ name: 'phone', mac: macOf(key) });
}

/** "Phone 32, CP-9861, rootfs98xx.3-2-1.sbn, stage 1 of 1, 62 percent, 3 minutes, keep power" */
function useRowLabel(): (key: WaveKey) => string {
  const t = useText('firmwareWave');
  const language = useLanguage();
  return useMemo(() => (key: WaveKey) => {
    const row = waves.row(key);
    if (!row) return '';
    const { phone } = row;
    const seen = phoneOf(key);
    const left = minutesLeft(phone, bench.hostNow());
    return [
      seen?.number == null ? macForEyes(phone.mac) : t('row.phone', { number: formatNumber(seen.number) }),
      seen?.model,
      doingWords(phone, t),
      phone.problem ? sentence(phone.problem.code, phone.problem.params, language) : null,
      t('row.stage', { stage: phone.stage, of: phone.hops.length }),
      needsPower(phone) && phone.percent !== null ? t('row.percent', { count: Math.floor(phone.percent) }) : null,
      left === null ? null : t('row.minutes', { count: left }),
      needsPower(phone) ? t('keep-power') : null,
    ].filter(Boolean).join(', ');
  }, [t, language]);
}

function DoingCell({ at }: { readonly at: WaveKey }) {
  const t = useText('firmwareWave');
  const say = useSentence();
  const tileWords = useWords();
  const phone = waves.row(at)?.phone;
  if (!phone) return null;
  const words = doingWords(phone, t);
  const problem = phone.problem ? say(phone.problem.code, phone.problem.params) : null;
  const short = phone.problem && phone.state !== 'loading' && phone.state !== 'writing' ? causeWords(phone.problem, 'tile', tileWords) : null;
  const file = phone.state === 'loading' ? phone.file : null;
  const which = file ? (file.of === null ? t('file.number', { number: file.number }) : t('file.of', { number: file.number, of: file.of })) : null;
  return <span className={`${file ? 'mono' : ''} ${phone.state === 'done' ? styles.ok : ''}`} title={[problem ?? words, which].filter(Boolean).join(', ')}>{short ?? words}</span>;
}

/** The one cell that follows the row's progress, and writes it into its neighbours too. */
function BarCell({ at }: { readonly at: WaveKey }) {
  const t = useText('firmwareWave');
  const format = useFormat();
  const label = useRowLabel();
  const bar = useRef<HTMLSpanElement>(null);
  useProgress(bar, at, (row, cell) => {
    const { phone } = row;
    const moving = needsPower(phone);
    const percent = phone.state === 'done' ? 100 : phone.percent;
    const left = minutesLeft(phone, bench.hostNow());
    cell.style.setProperty('--part', String((percent ?? 0) / 100));
    cell.className = `${styles.bar} ${moving ? '' : phone.state === 'done' ? styles.whole : styles.hollow}`;
    const line = cell.closest<HTMLElement>('[role="row"]');
    write(line, '[data-percent]', moving && phone.percent !== null ? format.percent(phone.percent) : phone.state === 'queued' ? '—' : '');
    write(line, '[data-rate]', phone.state === 'loading' ? rateWords(phone.rate, t, format) : phone.state === 'queued' && !phone.paused ? t('next') : '');
    write(line, '[data-left]', left === null ? '' : format.duration(left * 60_000));
    line?.style.setProperty('--ring', String(Math.floor(phone.percent ?? 0)));
    line?.setAttribute('aria-label', label(at));
  });
  return <span ref={bar} className={styles.bar} style={{ '--part': 0 } as CSSProperties} aria-hidden="true"><i /></span>;
}

function PowerCell({ at }: { readonly at: WaveKey }) {
  const t = useText('firmwareWave');
  const phone = waves.row(at)?.phone;
  if (!phone) return null;
  if (needsPower(phone)) return <span className={styles.power}><Sign name="writing" size={18} /><span>{t('keep-power')}</span></span>;
  if (phone.state === 'done') return <span className={styles.power}><Sign name="done" size={16} /></span>;
  if (phone.paused) return <span className={styles.power}><Sign name="held" size={16} /><span>{t('paused')}</span></span>;
  return troubled(at) ? <span className={styles.power}><Sign name="attention" size={16} /><span>{t(phone.state === 'held' ? 'is-held' : 'is-failed')}</span></span> : null;
}

function write(line: HTMLElement | null, place: string, text: string): void {
  const cell = line?.querySelector(place);
  if (cell && cell.textContent !== text) cell.textContent = text;
}

/** Draws once after each render and then for every sign of progress; the host tells at most four a second. */
function useProgress(ref: RefObject<HTMLElement | null>, at: WaveKey, draw: (row: WaveRow, cell: HTMLElement) => void): void {
  const latest = useRef(draw);
  useEffect(() => {
    latest.current = draw;
    const row = waves.row(at);
    if (row && ref.current) draw(row, ref.current);
  });
  useEffect(() => waves.watchProgress(at, (row) => {
    if (ref.current) latest.current(row, ref.current);
  }), [at, ref]);
}
