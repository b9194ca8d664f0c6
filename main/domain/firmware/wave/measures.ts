/** Newest values that are kept of each thing measured. */
const MOST = 64;

/** What was seen, in whole milliseconds or bytes a second. */
export type Samples = readonly number[];

export function addSample(samples: Samples, value: number): Samples {
  return [...samples, Math.round(value)].slice(-MOST);
}

export function median(samples: Samples): number | null {
  return quantile(samples, 0.5);
}

/**
 * Half the width of the likely span as a share of the value: half the distance of the quartiles to the median's size, and
 * never less than what so few values can tell (a half for one, an eighth for sixteen).
 */
export function scatter(samples: Samples): number | null {
  const middle = median(samples);
  const low = quantile(samples, 0.25);
  const high = quantile(samples, 0.75);
  if (middle === null || low === null || high === null) return null;
  return Math.max(middle > 0 ? (high - low) / 2 / middle : 0, 0.5 / Math.sqrt(samples.length));
}

export function quantile(samples: Samples, share: number): number | null {
  if (samples.length === 0) return null;
  const sorted = samples.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
}
