/** Size of a grid with one tab stop. `page` is in items for one column, in rows for more. */
export interface GridShape {
  readonly count: number;
  readonly columns: number;
  readonly page: number;
}

interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** Where an arrow, Home, End or a page key leads from `from`; null when the key does not move here. */
export function moveFocus(event: Key, from: number, { count, columns, page }: GridShape): number | null {
  if (count === 0 || event.altKey || event.shiftKey) return null;
  const all = event.ctrlKey || event.metaKey || columns === 1;
  const row = Math.floor(from / columns);
  const target = ((): number | null => {
    switch (event.key) {
      case 'ArrowRight': return columns === 1 ? null : from + 1;
      case 'ArrowLeft': return columns === 1 ? null : from - 1;
      case 'ArrowDown': return from + columns < count || columns === 1 ? from + columns : null;
      case 'ArrowUp': return from - columns;
      case 'PageDown': return Math.min(from + page * columns, lastOfColumn(from, count, columns));
      case 'PageUp': return from - page * columns < 0 ? from % columns : from - page * columns;
      case 'Home': return all ? 0 : row * columns;
      case 'End': return all ? count - 1 : Math.min(row * columns + columns - 1, count - 1);
      default: return null;
    }
  })();
  if (target === null || target < 0 || target >= count) return null;
  return target;
}

function lastOfColumn(from: number, count: number, columns: number): number {
  const column = from % columns;
  const lastRow = Math.floor((count - 1 - column) / columns);
  return lastRow * columns + column;
}
