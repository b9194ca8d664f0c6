import { useEffect, useMemo, useRef } from 'react';
import { macForEyes, type Mac } from '../../../common/values/mac.ts';
import type { PhoneView } from '../../../common/contract/views/phone.ts';
import { bench } from '../../model/bench.ts';
import { useHostClock } from '../../model/clock.ts';
import type { Order } from '../../model/phone-filter.ts';
import { focusedPhone, shown } from '../../model/shown.ts';
import { useSignal } from '../../model/signal.ts';
import { percentWords, stateWords, tileLabel } from '../../parts/phone-words.ts';
import { PipelineBars } from '../../parts/pipeline.tsx';
import { Sign } from '../../parts/sign.tsx';
import { Table, type Column } from '../../parts/table.tsx';
import { followProgress, progressOf } from '../../parts/tile.tsx';
import { useWords } from '../../parts/use-words.ts';
import { useFormat } from '../../text/use-format.ts';
import { useText } from '../../text/i18n.ts';
import styles from './bench.module.css';

const watch = {
  subscribe: (mac: Mac, listener: () => void) => bench.watch(mac, listener),
  state: (mac: Mac) => bench.shape(mac),
};
const TONES = { attention: styles.attention, done: styles.ok, working: styles.run, writing: styles.run } as const;

/** Every phone in a row of 30 px. */
export function PhoneTable({ macs, onOpen, control }: {
  readonly macs: readonly Mac[];
  readonly onOpen: (mac: Mac) => void;
  readonly control: (reveal: (mac: Mac) => void) => void;
}) {
  const t = useText('bench');
  const words = useWords();
  const wish = useSignal(shown.wish);
  const columns = useMemo<readonly Column<Mac>[]>(() => {
    const plain = (id: keyof PhoneView & ('serial' | 'name' | 'ip' | 'firmware'), width: string, mono: boolean, sortable = false): Column<Mac> => ({
      id, title: t(`col.${id}`), width, mono, sortable, cell: (mac) => { const text = bench.phone(mac)?.[id]; return text ? <span title={text}>{text}</span> : '—'; },
    });
    return [
      { id: 'number', title: t('col.number'), width: '44px', align: 'right', sortable: true, cell: (mac) => <b>{bench.phone(mac)?.number ?? '—'}</b> },
      { id: 'state', title: t('col.state'), width: 'minmax(var(--state-column), 1.4fr)', sortable: true, cell: (mac) => <StateCell mac={mac} /> },
      { id: 'mac', title: t('col.mac'), width: 'minmax(140px, 0.1fr)', mono: true, cell: (mac) => macForEyes(mac) },
      { id: 'model', title: t('col.model'), width: 'minmax(var(--model-column), 0.3fr)', sortable: true, cell: (mac) => <ModelCell model={bench.phone(mac)?.model ?? '—'} /> },
      plain('serial', 'minmax(95px, 0.2fr)', true),
      plain('name', 'minmax(74px, 1fr)', false, true),
      plain('ip', 'minmax(100px, 0.4fr)', true),
      plain('firmware', 'minmax(68px, 0.3fr)', false),
      { id: 'way', title: t('col.way'), width: 'minmax(74px, 0.3fr)', cell: (mac) => <WayCell mac={mac} /> },
      { id: 'heard', title: t('col.heard'), width: '76px', align: 'right', sortable: true, cell: (mac) => <HeardCell mac={mac} /> },
    ];
  }, [t]);
  const focused = useSignal(focusedPhone);
  return (
    <Table
      label={t('grid.label', { count: macs.length })}
      columns={columns}
      rows={macs}
      rowKey={macOf}
      rowLabel={useMemo(() => (mac: Mac) => { const phone = bench.phone(mac); return phone ? tileLabel(phone, bench.hostNow(), words) : ''; }, [words])}
      tone={toneOf}
      watch={watch}
      selected={focused}
      onSelect={focusRow}
      onOpen={onOpen}
      sort={{ column: wish.order, direction: wish.direction }}
      onSort={sortBy}
      control={control as (reveal: (key: string | number) => void) => void}
    />
  );
}

const macOf = (mac: Mac) => mac;
const toneOf = (mac: Mac) => (bench.phone(mac)?.face === 'attention' ? ('attention' as const) : ('quiet' as const));
const focusRow = (mac: Mac) => focusedPhone.set(mac);

function sortBy(column: string): void {
  const { order, direction } = shown.wish.get();
  shown.change({ order: column as Order, direction: order === column && direction === 'up' ? 'down' : 'up' });
}

function StateCell({ mac }: { readonly mac: Mac }) {
  const words = useWords();
  const ref = useRef<HTMLSpanElement>(null);
  const phone = bench.phone(mac);
  useEffect(() => {
    const cell = ref.current;
    if (!cell) return undefined;
    return followProgress(cell, mac, (now) => {
      const percent = cell.querySelector('[data-percent]');
      if (percent) percent.textContent = percentWords(now, words.language);
    });
  }, [mac, words]);
  if (!phone) return null;
  return (
    <span ref={ref} className={`${styles.state} ${phone.face in TONES ? TONES[phone.face as keyof typeof TONES] : styles.quiet}`} style={progressOf(phone)}>
      <Sign name={phone.face} size={17} />
      <span title={stateWords(phone, words)}>{stateWords(phone, words)}</span>
      <span data-percent>{percentWords(phone, words.language)}</span>
    </span>
  );
}

/** Where the room is short, the number says enough: the state needs its words. */
function ModelCell({ model }: { readonly model: string }) {
  const parts = /^(CP-)(\w+)(-3PCC)?$/.exec(model);
  return parts ? <><span className={styles.family}>{parts[1]}</span>{parts[2]}{parts[3] ? <span className={styles.family}>{parts[3]}</span> : null}</> : model;
}

function WayCell({ mac }: { readonly mac: Mac }) {
  const ref = useRef<HTMLSpanElement>(null);
  const phone = bench.phone(mac);
  useEffect(() => (ref.current ? followProgress(ref.current, mac, () => undefined) : undefined), [mac]);
  return phone ? <span ref={ref} style={{ display: 'block', padding: '6px 0', ...progressOf(phone) }}><PipelineBars phone={phone} /></span> : null;
}

function HeardCell({ mac }: { readonly mac: Mac }) {
  const t = useText('bench');
  const format = useFormat();
  const now = useHostClock();
  const heardAt = bench.phone(mac)?.heardAt ?? null;
  if (heardAt === null) return t('never');
  return now - heardAt < 10_000 ? t('just-now') : format.duration(now - heardAt);
}
