import { nameWithIndexes, patternKey, readIndexes, readNumbers, readPattern, squeeze } from './name.ts';

/** Names shorter than this have too many neighbours for a guess by distance. */
const SHORTEST = 6;
/** Candidates that are measured, those with the most pieces in common first. */
const MEASURED = 12;
const PIECE = 3;
const NOWHERE: readonly number[] = [];
/** No parameter's name is longer than 60. */
const LONGEST = 80;

/** An editor asks for the same names at each keystroke; a row of foreign files must not fill the memory. */
const REMEMBERED = 10_000;

interface PieceIndex {
  readonly spellings: readonly string[];
  readonly places: ReadonlyMap<number, readonly number[]>;
  /** Counters of one search, all zero between two. */
  readonly shared: Uint16Array;
}

/**
 * Finds the name that was meant: the same name in another spelling (case, underscores, the label of the web page, an index
 * that lacks), else the one at the smallest edit distance. An index of three-letter pieces keeps it far from comparing
 * every name with every other, because a profile of another make has thousands of unknown ones.
 */
export function createNearest(patterns: readonly string[]): (name: string) => string | null {
  const byCase = new Map(patterns.map((pattern) => [patternKey(pattern).toLowerCase(), pattern]));
  const bySpelling = new Map<string, string>();
  for (const pattern of patterns) {
    const key = squeeze(patternKey(pattern));
    if (!bySpelling.has(key)) bySpelling.set(key, pattern);
  }
  const spellings = Array.from(bySpelling.keys());
  const byPiece = indexPieces(spellings);
  const known = new Map<string, string | null>();

  const byDistance = (wrong: string): string | null => {
    if (wrong.length < SHORTEST) return null;
    const bound = wrong.length < 12 ? 1 : 2;
    let best: string | null = null;
    let smallest = bound + 1;
    for (const at of mostInCommon(byPiece, wrong, bound)) {
      const right = spellings[at] ?? '';
      const distance = editDistance(wrong, right, smallest - 1);
      if (distance < smallest) [best, smallest] = [right, distance];
    }
    return best;
  };

  return (name) => {
    const pattern = readPattern(name);
    const wrong = squeeze(pattern);
    const exact = byCase.get(pattern.toLowerCase()) ?? bySpelling.get(wrong);
    if (exact !== undefined) return nameWithIndexes(exact, readIndexes(name));
    const loose = wrong.replaceAll(/\d{1,3}/g, '#');
    const indexed = bySpelling.get(loose) ?? bySpelling.get(`${wrong}#`);
    if (indexed !== undefined) return nameWithIndexes(indexed, readNumbers(name));
    if (wrong.length > LONGEST) return null;
    let near = known.get(wrong);
    if (near === undefined) {
      near = byDistance(wrong);
      if (known.size >= REMEMBERED) known.clear();
      known.set(wrong, near);
    }
    const found = near === null ? undefined : bySpelling.get(near);
    return found === undefined ? null : nameWithIndexes(found, readIndexes(name));
  };
}

/** Three-letter pieces of all spellings, and in which spellings each stands. */
function indexPieces(spellings: readonly string[]): PieceIndex {
  const places = new Map<number, number[]>();
  spellings.forEach((spelling, at) => {
    for (const piece of piecesOf(spelling)) {
      const known = places.get(piece);
      if (known === undefined) places.set(piece, [at]);
      else if (known.at(-1) !== at) known.push(at);
    }
  });
  return { spellings, places, shared: new Uint16Array(spellings.length) };
}

/**
 * Spellings that may lie within the bound, those with most pieces in common first. One edit touches at most four pieces, so
 * a near spelling has one at least of any four for each edit and one more: the rarest of them are looked up, they lead to few.
 */
function mostInCommon({ spellings, places, shared }: PieceIndex, wrong: string, bound: number): readonly number[] {
  const touched: number[] = [];
  const rarest = Array.from(new Set(piecesOf(wrong)), (piece) => places.get(piece) ?? NOWHERE)
    .sort((left, right) => left.length - right.length)
    .slice(0, 4 * bound + 1);
  for (const found of rarest) {
    for (const at of found) {
      const count = shared[at] ?? 0;
      if (count === 0) touched.push(at);
      shared[at] = count + 1;
    }
  }
  const near = touched
    .filter((at) => Math.abs((spellings[at] ?? '').length - wrong.length) <= bound)
    .sort((left, right) => (shared[right] ?? 0) - (shared[left] ?? 0))
    .slice(0, MEASURED);
  for (const at of touched) shared[at] = 0;
  return near;
}

/** Each piece as one number: letters of a spelling are ASCII. */
function piecesOf(text: string): readonly number[] {
  const pieces: number[] = [];
  for (let at = PIECE - 1; at < text.length; at += 1) {
    pieces.push((text.charCodeAt(at - 2) << 14) | (text.charCodeAt(at - 1) << 7) | text.charCodeAt(at));
  }
  return pieces;
}

/**
 * Letters inserted, removed, replaced, or two neighbours exchanged. `bound + 1` as soon as it is certain to be more: cells
 * further than that from the diagonal are never looked at.
 */
function editDistance(left: string, right: string, bound: number): number {
  const over = bound + 1;
  if (Math.abs(left.length - right.length) > bound) return over;
  let [before, row, next] = [new Uint8Array(LONGEST + 2), new Uint8Array(LONGEST + 2), new Uint8Array(LONGEST + 2)];
  for (let j = 0; j <= right.length; j += 1) row[j] = Math.min(j, over);
  for (let i = 1; i <= left.length; i += 1) {
    const first = Math.max(1, i - bound);
    const last = Math.min(right.length, i + bound);
    let smallest = first === 1 ? Math.min(i, over) : over;
    next[first - 1] = smallest;
    for (let j = first; j <= last; j += 1) {
      const same = left.charCodeAt(i - 1) === right.charCodeAt(j - 1);
      let cost = Math.min((row[j] ?? over) + 1, (next[j - 1] ?? over) + 1, (row[j - 1] ?? over) + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && left.charCodeAt(i - 1) === right.charCodeAt(j - 2) && left.charCodeAt(i - 2) === right.charCodeAt(j - 1);
      if (swapped) cost = Math.min(cost, (before[j - 2] ?? over) + 1);
      next[j] = Math.min(cost, over);
      if (cost < smallest) smallest = cost;
    }
    next[last + 1] = over;
    if (smallest > bound) return over;
    [before, row, next] = [row, next, before];
  }
  return Math.min(row[right.length] ?? over, over);
}
