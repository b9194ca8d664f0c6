import { UnstyledButton } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useCallback, useEffect, useRef, useState, useSyncExternalStore, type CSSProperties, type KeyboardEvent, type ReactNode } from 'react';
import { useText } from '../text/i18n.ts';
import { moveFocus } from './roving.ts';
import styles from './table.module.css';

export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  /** CSS grid track: `64px`, `minmax(120px, 1fr)`. */
  readonly width: string;
  readonly align?: 'left' | 'right';
  readonly mono?: boolean;
  readonly sortable?: boolean;
  readonly cell: (row: Row) => ReactNode;
}

export interface TableProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string | number;
  /** What a screen reader calls the row. */
  readonly rowLabel?: (row: Row) => string;
  readonly tone?: (row: Row) => 'attention' | 'quiet';
  readonly selected?: string | number | null;
  readonly onSelect?: (row: Row) => void;
  /** Enter, or a double click. */
  readonly onOpen?: (row: Row) => void;
  readonly sort?: { readonly column: string; readonly direction: 'up' | 'down' };
  readonly onSort?: (column: string) => void;
  readonly rowHeight?: number;
  /** Near the end: ask for older rows. */
  readonly onEnd?: () => void;
  /** Within a card: no border of its own. */
  readonly bare?: boolean;
  readonly headless?: boolean;
  /** The person scrolled away from the first row, or came back to it. */
  readonly onAway?: (away: boolean) => void;
  /** Each new number scrolls back to the first row. */
  readonly toTop?: number;
  /** Rows that change by themselves: the row alone renders again, the table does not. */
  readonly watch?: { readonly subscribe: (row: Row, listener: () => void) => () => void; readonly state: (row: Row) => unknown };
  /** Hands out a way to bring a row into sight and focus it. */
  readonly control?: (reveal: (key: string | number) => void) => void;
}

/** Thousands of rows: only those in sight are drawn, one tab stop, arrows move, the place stays when rows come. */
export function Table<Row>(props: TableProps<Row>) {
  const { columns, rows, rowKey, rowHeight = 30, onSort, sort } = props;
  const t = useText('bench');
  const frame = useRef<HTMLDivElement>(null);
  const wanted = useRef<number | null>(null);
  const [current, setCurrent] = useState<string | number | null>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 10,
    getItemKey: (index) => { const row = rows[index]; return row === undefined ? index : rowKey(row); },
    scrollPaddingStart: props.headless ? 0 : 33,
    onChange: (instance) => {
      const last = instance.getVirtualItems().at(-1);
      if (last && props.onEnd && rows.length > 0 && last.index >= rows.length - 5) props.onEnd();
    },
  });
  const { toTop } = props;
  useEffect(() => {
    if (toTop !== undefined) frame.current?.scrollTo({ top: 0 });
  }, [toTop]);
  const stop = Math.max(0, rows.findIndex((row) => rowKey(row) === current));
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (!(event.target instanceof HTMLElement) || event.target.getAttribute('role') !== 'row') return;
    const row = rows[stop];
    if (event.key === 'Enter' && row !== undefined && props.onOpen) {
      event.preventDefault();
      props.onOpen(row);
      return;
    }
    const page = Math.max(1, Math.floor((frame.current?.clientHeight ?? 300) / rowHeight) - 2);
    const next = moveFocus(event, stop, { count: rows.length, columns: 1, page });
    if (next === null) return;
    event.preventDefault();
    const target = rows[next];
    if (target === undefined) return;
    setCurrent(rowKey(target));
    props.onSelect?.(target);
    show(next);
  };
  const show = (index: number) => {
    virtual.scrollToIndex(index);
    wanted.current = index;
    focusWanted();
  };
  // At once where the row is drawn, so that a quick Enter after an arrow opens the right one; else when it is drawn.
  const focusWanted = () => {
    const row = wanted.current === null ? null : frame.current?.querySelector<HTMLElement>(`[data-index="${wanted.current}"]`);
    if (!row) return;
    wanted.current = null;
    row.focus({ preventScroll: true });
  };
  useEffect(focusWanted);
  useEffect(() => {
    props.control?.((key) => {
      const index = rows.findIndex((row) => rowKey(row) === key);
      if (index < 0) return;
      setCurrent(key);
      show(index);
    });
  });
  const select = useCallback((row: Row) => {
    setCurrent(rowKey(row));
    props.onSelect?.(row);
  }, [rowKey, props.onSelect]);
  const tracks = { '--columns': columns.map((column) => column.width).join(' ') } as CSSProperties;
  return (
    <div ref={frame} className={`${styles.frame} ${props.bare ? styles.bare : ''} ${props.onOpen || props.onSelect ? styles.opens : ''}`} style={tracks} onScroll={props.onAway ? (event) => props.onAway?.(event.currentTarget.scrollTop > rowHeight / 2) : undefined}>
      <div role="grid" aria-label={props.label} aria-rowcount={rows.length + 1} className={styles.inner} onKeyDown={onKeyDown}>
        <div role="rowgroup" className={props.headless ? 'visually-hidden' : ''} style={props.headless ? undefined : { position: 'sticky', top: 0, zIndex: 2 }}>
          <div role="row" aria-rowindex={1} className={`${styles.row} ${styles.head}`}>
            {columns.map((column) => (
              <div key={column.id} role="columnheader" aria-sort={sort?.column === column.id ? (sort.direction === 'up' ? 'ascending' : 'descending') : undefined} className={`${styles.cell} ${column.align === 'right' ? styles.right : ''}`}>
                {column.sortable && onSort ? (
                  <UnstyledButton className={styles.sort} onClick={() => onSort(column.id)}>
                    {column.title}
                    {sort?.column === column.id ? <span aria-hidden="true">{sort.direction === 'up' ? '↑' : '↓'}</span> : null}
                    {sort?.column === column.id ? <span className="visually-hidden">{t(`sorted.${sort.direction}`)}</span> : null}
                  </UnstyledButton>
                ) : column.title}
              </div>
            ))}
          </div>
        </div>
        <div role="rowgroup" className={styles.body} style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            const key = rowKey(row);
            return (
              <TableRow
                key={item.key}
                row={row}
                columns={columns as readonly Column<unknown>[]}
                index={item.index}
                start={item.start}
                height={rowHeight}
                label={props.rowLabel as ((row: unknown) => string) | undefined}
                tone={props.tone as ((row: unknown) => 'attention' | 'quiet') | undefined}
                watch={props.watch as TableRowProps['watch']}
                selected={props.selected === undefined ? undefined : props.selected === key}
                stop={item.index === stop}
                onSelect={select as (row: unknown) => void}
                onOpen={props.onOpen as ((row: unknown) => void) | undefined}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}

interface TableRowProps {
  readonly row: unknown;
  readonly columns: readonly Column<unknown>[];
  readonly index: number;
  readonly start: number;
  readonly height: number;
  readonly label: ((row: unknown) => string) | undefined;
  readonly tone: ((row: unknown) => 'attention' | 'quiet') | undefined;
  readonly watch: { readonly subscribe: (row: unknown, listener: () => void) => () => void; readonly state: (row: unknown) => unknown } | undefined;
  readonly selected: boolean | undefined;
  readonly stop: boolean;
  readonly onSelect: (row: unknown) => void;
  readonly onOpen: ((row: unknown) => void) | undefined;
}

const TableRow = memo(function TableRow({ row, columns, index, start, height, label, tone, watch, selected, stop, onSelect, onOpen }: TableRowProps) {
  const subscribe = useCallback((listener: () => void) => watch?.subscribe(row, listener) ?? (() => undefined), [watch, row]);
  useSyncExternalStore(subscribe, () => watch?.state(row));
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      aria-label={label?.(row)}
      data-index={index}
      tabIndex={stop ? 0 : -1}
      className={`${styles.row} ${tone?.(row) === 'attention' ? styles.attention : ''}`}
      style={{ height, transform: `translateY(${start}px)` }}
      onClick={() => onSelect(row)}
      onDoubleClick={() => onOpen?.(row)}
    >
      {columns.map((column) => (
        <div key={column.id} role="gridcell" className={`${styles.cell} ${column.align === 'right' ? styles.right : ''} ${column.mono ? 'mono' : ''}`}>
          {column.cell(row)}
        </div>
      ))}
    </div>
  );
});
