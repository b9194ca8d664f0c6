import { useVirtualizer, defaultRangeExtractor, type Range } from '@tanstack/react-virtual';
import { memo, useCallback, useEffect, useRef, type CSSProperties, type KeyboardEvent } from 'react';
import type { Mac } from '../../../common/values/mac.ts';
import { focusedPhone } from '../../model/shown.ts';
import { useSignal } from '../../model/signal.ts';
import { useSize } from '../../model/use-size.ts';
import { moveFocus } from '../../parts/roving.ts';
import { TileCell } from '../../parts/tile.tsx';
import { useText } from '../../text/i18n.ts';
import styles from './bench.module.css';
import { GAP, shapeOf } from './grid-shape.ts';

/** The tiles as one grid with one tab stop; only the rows in sight are drawn, and the row with the focus. */
export function TileGrid({ macs, onOpen, control }: {
  readonly macs: readonly Mac[];
  readonly onOpen: (mac: Mac) => void;
  /** Hands out a way to bring a phone into sight and focus it. */
  readonly control: (reveal: (mac: Mac) => void) => void;
}) {
  const t = useText('bench');
  const frame = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const wanted = useRef<Mac | null>(null);
  const size = useSize(frame);
  const shape = shapeOf(macs.length, size?.width ?? 0, size?.height ?? 0);
  const focused = useSignal(focusedPhone);
  const at = Math.max(0, macs.findIndex((mac) => mac === focused));
  const focusRow = Math.floor(at / shape.columns);
  const virtual = useVirtualizer({
    count: size ? shape.rows : 0,
    getScrollElement: () => scroller.current,
    estimateSize: () => shape.rowHeight + GAP,
    overscan: 2,
    paddingEnd: -GAP,
    scrollPaddingStart: 4,
    scrollPaddingEnd: 4,
    rangeExtractor: useCallback((range: Range) => [...new Set([...defaultRangeExtractor(range), focusRow])].filter((row) => row < range.count).toSorted((a, b) => a - b), [focusRow]),
  });
  useEffect(() => virtual.measure(), [virtual, shape.rowHeight]);

  const reveal = (index: number) => {
    const mac = macs[index];
    if (mac === undefined) return;
    focusedPhone.set(mac);
    if (!size) {
      wanted.current = mac;
      return;
    }
    virtual.scrollToIndex(Math.floor(index / shape.columns));
    wanted.current = mac;
    focusWanted();
  };
  // At once where the tile is drawn, so that a quick Enter after an arrow opens the right one; else when it is drawn.
  const focusWanted = () => {
    const cell = wanted.current === null ? null : scroller.current?.querySelector<HTMLElement>(`[data-mac="${wanted.current}"]`);
    if (!cell) return;
    wanted.current = null;
    cell.focus({ preventScroll: true });
  };
  useEffect(focusWanted);
  useEffect(() => control((mac) => reveal(macs.indexOf(mac))));

  const onKeyDown = (event: KeyboardEvent) => {
    const page = Math.max(1, Math.floor((size?.height ?? 0) / (shape.rowHeight + GAP)));
    const next = moveFocus(event, at, { count: macs.length, columns: shape.columns, page });
    if (next === null) return;
    event.preventDefault();
    reveal(next);
  };
  return (
    <div ref={frame} className={styles.measure}>
      <div ref={scroller} className={styles.scroller} style={{ '--count': shape.columns } as CSSProperties}>
        <div role="grid" aria-label={t('grid.label', { count: macs.length })} aria-rowcount={shape.rows} aria-colcount={shape.columns} className={styles.canvas} style={{ height: virtual.getTotalSize() }} onKeyDown={onKeyDown}>
          {virtual.getVirtualItems().map((row) => (
            <TileRow
              key={row.index}
              macs={macs.slice(row.index * shape.columns, (row.index + 1) * shape.columns)}
              index={row.index}
              start={row.start}
              height={shape.rowHeight}
              stop={macs[at] ?? null}
              onOpen={onOpen}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

interface TileRowProps {
  readonly macs: readonly Mac[];
  readonly index: number;
  readonly start: number;
  readonly height: number;
  /** The one tile that Tab reaches. */
  readonly stop: Mac | null;
  readonly onOpen: (mac: Mac) => void;
}

const TileRow = memo(
  function TileRow({ macs, index, start, height, stop, onOpen }: TileRowProps) {
    return (
      <div role="row" aria-rowindex={index + 1} className={styles.row} style={{ height, transform: `translateY(${start}px)` }}>
        {macs.map((mac, column) => (
          <TileCell key={mac} mac={mac} column={column + 1} stop={mac === stop} className={styles.cell ?? ''} onOpen={onOpen} onFocus={focusTile} />
        ))}
      </div>
    );
  },
  (a, b) =>
    a.index === b.index && a.start === b.start && a.height === b.height && a.onOpen === b.onOpen &&
    a.macs.length === b.macs.length && a.macs.every((mac, at) => mac === b.macs[at]) &&
    (a.stop === b.stop || (!a.macs.includes(a.stop as Mac) && !a.macs.includes(b.stop as Mac))),
);

function focusTile(mac: Mac): void {
  focusedPhone.set(mac);
}
