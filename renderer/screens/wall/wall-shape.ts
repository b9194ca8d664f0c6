/** From how many phones on the wall shows number and silhouette only, and from how many it turns pages. */
export const COMPACT_FROM = 61;
export const PAGE_SIZE = 240;

export interface WallShape {
  readonly columns: number;
  readonly rows: number;
  readonly compact: boolean;
  /** Of letters and signs, 1 at 168 × 112 px for a tile. */
  readonly scale: number;
}

/** Tiles share the whole wall; their proportion stays near the one that reads best. */
export function wallShape(count: number, width: number, height: number): WallShape {
  const compact = count >= COMPACT_FROM;
  const proportion = compact ? 1.7 : 1.45;
  const ideal = Math.sqrt((Math.max(1, count) * width) / Math.max(1, height) / proportion);
  const columns = Math.max(compact ? 10 : 3, Math.min(24, Math.round(ideal)));
  const rows = Math.max(compact ? 6 : 2, Math.ceil(count / columns));
  const fit = Math.min((width / columns - 8) / 168, (height / rows - 8) / 112);
  return { columns, rows, compact, scale: Math.max(0.8, Math.min(2.4, fit)) };
}

/** One page of at most 240: those that need a hand are on every page, the others take turns. */
export function wallPage<T>(phones: readonly T[], needs: (phone: T) => boolean, turn: number): { readonly shown: readonly T[]; readonly page: number; readonly pages: number } {
  if (phones.length <= PAGE_SIZE) return { shown: phones, page: 1, pages: 1 };
  const stay = phones.filter(needs).slice(0, PAGE_SIZE / 2);
  const staying = new Set(stay);
  const others = phones.filter((phone) => !staying.has(phone));
  const room = PAGE_SIZE - stay.length;
  const pages = Math.ceil(others.length / room);
  const page = turn % pages;
  return { shown: [...stay, ...others.slice(page * room, (page + 1) * room)], page: page + 1, pages };
}
