import { nameWithIndexes, patternKey, readIndexes, readNumbers, readPattern, squeeze } from './name.ts';

/** Names shorter than this have too many neighbours for a guess by distance. */
const SHORTEST = 6;
/** Candidates that are measured, those with the most pieces in common first. */
const MEASURED = 12;
const PIECE = 3;

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
    const bound = wrong.length < 12 ? 1 : wrong.length < 18 ? 2 : 3;
    let best: string | null = null;
    let smallest = bound + 1;
    for (const at of mostInCommon(byPiece, wrong)) {
      const right = spellings[at] ?? '';
      const distance = editDistance(wrong, right, smallest - 1);
      if (distance < smallest) [best, smallest] = [right, distance];
    }
    return best;
  };

  return (name) => {
    const pattern = readPattern(name);
    const exact = byCase.get(pattern.toLowerCase()) ?? bySpelling.get(squeeze(pattern));
    if (exact !== undefined) return nameWithIndexes(exact, readIndexes(name));
    const loose = squeeze(pattern.replaceAll(/\d{1,3}/g, '{n}'));
    const indexed = bySpelling.get(loose) ?? bySpelling.get(`${squeeze(pattern)}#`);
    if (indexed !== undefined) return nameWithIndexes(indexed, readNumbers(name));
    const wrong = squeeze(pattern);
    if (wrong.length > 80) return null;
    let near = known.get(wrong);
    if (near === undefined) {
      near = byDistance(wrong);
      known.set(wrong, near);
    }
    const found = near === null ? undefined : bySpelling.get(near);
    return found === undefined ? null : nameWithIndexes(found, readIndexes(name));
  };
}

function indexPieces(spellings: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const byPiece = new Map<string, number[]>();
  spellings.forEach((spelling, at) => {
    for (const piece of new Set(piecesOf(spelling))) {
      const places = byPiece.get(piece);
      if (places) places.push(at);
      else byPiece.set(piece, [at]);
    }
  });
  return byPiece;
}

function mostInCommon(byPiece: ReadonlyMap<string, readonly number[]>, wrong: string): readonly number[] {
  const shared = new Map<number, number>();
  for (const piece of new Set(piecesOf(wrong))) {
    for (const at of byPiece.get(piece) ?? []) shared.set(at, (shared.get(at) ?? 0) + 1);
  }
  return Array.from(shared)
    .sort(([, left], [, right]) => right - left)
    .slice(0, MEASURED)
    .map(([at]) => at);
}

function piecesOf(text: string): readonly string[] {
  return Array.from({ length: Math.max(0, text.length - PIECE + 1) }, (_, at) => text.slice(at, at + PIECE));
}

/** Letters inserted, removed, replaced, or two neighbours exchanged. `bound + 1` as soon as it is certain to be more. */
function editDistance(left: string, right: string, bound: number): number {
  if (Math.abs(left.length - right.length) > bound) return bound + 1;
  let before: number[] = [];
  let row = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    let smallest = i;
    for (let j = 1; j <= right.length; j += 1) {
      const same = left[i - 1] === right[j - 1];
      let cost = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && left[i - 1] === right[j - 2] && left[i - 2] === right[j - 1]) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      next.push(cost);
      smallest = Math.min(smallest, cost);
    }
    if (smallest > bound) return bound + 1;
    [before, row] = [row, next];
  }
  return row[right.length] ?? bound + 1;
}
