/** Room between tiles, px. */
export const GAP = 8;
const LEAST_WIDTH = 124;
const LEAST_HEIGHT = 96;
const MOST_HEIGHT = 120;
/** Half a row of usual switches, and what lies between on wide screens. */
const COLUMNS = [24, 16, 12, 10, 8, 6, 4, 3, 2, 1];

export interface Shape {
  readonly columns: number;
  readonly rows: number;
  /** px, without the gap. */
  readonly rowHeight: number;
}

/** Columns grow with the width, tiles do not; the height is shared out when everything fits on one screen. */
export function shapeOf(count: number, width: number, height: number): Shape {
  const columns = COLUMNS.find((each) => (width - GAP * (each - 1)) / each >= LEAST_WIDTH) ?? 1;
  const rows = Math.max(1, Math.ceil(count / columns));
  const share = Math.floor((height - GAP * (rows - 1)) / rows);
  return { columns, rows, rowHeight: share >= LEAST_HEIGHT ? Math.min(share, MOST_HEIGHT) : LEAST_HEIGHT + 4 };
}
