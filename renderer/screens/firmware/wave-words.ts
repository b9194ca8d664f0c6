import type { WaveHead } from '../../../common/contract/views/wave.ts';
import type { WaveCounts, WavePhone, WaveRoom } from '../../../common/values/wave.ts';
import type { useText } from '../../text/i18n.ts';
import type { useFormat } from '../../text/use-format.ts';
import { formatTime } from '../../text/format.ts';
import { versionOf } from './firmware-words.ts';

export type WaveText = ReturnType<typeof useText<'firmwareWave'>>;
type Format = ReturnType<typeof useFormat>;
const MINUTE = 60_000;

/** What a row says it does: the file while bytes move, else the state. A cause has its own sentence. */
export function doingWords({ state, paused, file, hops }: WavePhone, t: WaveText): string {
  if (paused && (state === 'queued' || state === 'told')) return t('doing.paused');
  if (state === 'loading') return file?.name ?? t('doing.loading');
  if (state === 'done') return t('doing.done', { version: versionOf(hops.at(-1) ?? '') });
  return t(`doing.${state}`);
}

/** Bytes are moving, or lie in half a flash: the phone must not lose power. */
export function needsPower({ state }: Pick<WavePhone, 'state'>): boolean {
  return state === 'loading' || state === 'writing';
}

/** Minutes until the phone stands at its target, 1 at least; null where nothing can be said. */
export function minutesLeft({ endsAt, state }: Pick<WavePhone, 'endsAt' | 'state'>, now: number): number | null {
  if (endsAt === null || state === 'done' || state === 'cancelled' || state === 'failed' || state === 'held') return null;
  return Math.max(1, Math.round((endsAt - now) / MINUTE));
}

/** "5.1 MB/s"; nothing while no byte moves, between two files or before the first. */
export function rateWords(rate: number | null, t: WaveText, format: Format): string {
  return rate !== null && rate >= 1 ? t('rate', { size: format.size(rate) }) : '';
}

/** "61 MB/s of 118": what the card carries of what it can; while it carries nothing, what the phones do instead, or nothing. */
export function roomWords({ rate, capacity }: Pick<WaveRoom, 'capacity'> & { readonly rate: number | null }, counts: Pick<WaveCounts, 'loading' | 'writing'>, t: WaveText, format: Format): string {
  if (rate !== null && rate >= 1) return capacity === null ? t('rate', { size: format.size(rate) }) : t('room.of', { rate: format.size(rate), capacity: String(Math.round(capacity / 1e6)) });
  return counts.loading === 0 && counts.writing > 0 ? t('room.writing') : '';
}

/** The latest predicted end of all waves, with its error in minutes; null while nothing was measured. */
export function lastEnd(waves: readonly WaveHead[]): { readonly at: number; readonly minutes: number } | null {
  const ends = waves.flatMap(({ prediction, state }) => (prediction && state !== 'ended' ? [prediction] : []));
  const last = ends.toSorted((a, b) => b.endsAt - a.endsAt)[0];
  return last ? { at: last.endsAt, minutes: Math.max(1, Math.round(last.within / MINUTE)) } : null;
}

/** "The last wave said 14:31 and ended 14:33." */
export function lastWords(last: { readonly said: number | null; readonly ended: number } | null, t: WaveText): string {
  if (!last) return '';
  return last.said === null ? t('last.unsaid', { ended: formatTime(last.ended) }) : t('last', { said: formatTime(last.said), ended: formatTime(last.ended) });
}
