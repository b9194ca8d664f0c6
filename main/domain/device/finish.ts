import { isAtLeast, STAGES, type Stage } from '../../../common/values/stage.ts';
import type { Finish } from '../../../common/values/summary.ts';
import type { Device } from './device.ts';


/** Fewer finished phones than this say nothing about the others. */
const SAMPLE = 2;

/**
 * Expected end for the phones that are heard and on their way, from how long the finished ones took from their first
 * stage on the wire to the one that counts as done.
 * @returns null while nobody is under way, or too few have finished to tell
 */
export function finish(devices: Iterable<Device>, doneStage: Stage, now: number): Finish | null {
  const took: number[] = [];
  const begun: number[] = [];
  for (const device of devices) {
    const start = startOf(device);
    if (!device.enrolled || device.attention || start === null) continue;
    const end = device.stages[doneStage]?.at;
    if (isAtLeast(device.stage, doneStage)) {
      if (end !== undefined && end > start) took.push(end - start);
    } else begun.push(start);
  }
  if (took.length < SAMPLE || begun.length === 0) return null;
  const sorted = took.toSorted((a, b) => a - b);
  const typical = quantile(sorted, 0.5);
  const spread = Math.max(quantile(sorted, 0.75) - quantile(sorted, 0.25), 1_000);
  // A phone that is slower than usual already is expected to need another spread.
  const ends = begun.map((start) => Math.max(start + typical, now + spread));
  return { at: Math.max(...ends), errorMs: Math.round(spread) };
}

function startOf(device: Device): number | null {
  const heard = STAGES.filter((stage) => stage !== 'expected').flatMap((stage) => device.stages[stage]?.at ?? []);
  return heard.length === 0 ? null : Math.min(...heard);
}

function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.round(part * (sorted.length - 1)))] ?? 0;
}
