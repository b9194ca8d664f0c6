import type { PhoneView } from '../../common/contract/views/phone.ts';
import { STAGES, stageRank, type Stage } from '../../common/values/stage.ts';

/** What one bar of the small pipeline shows. */
export type Bar = 'full' | 'current' | 'to-come' | 'broken' | 'hollow';

/** The eight bars of a phone. A broken one stands where the phone stopped: at the stage after the last one reached. */
export function barsOf(phone: Pick<PhoneView, 'stage' | 'face' | 'moving'>): readonly Bar[] {
  const reached = stageRank(phone.stage);
  if (phone.face === 'expected') return STAGES.map(() => 'hollow');
  const current = Math.min(currentRank(phone), STAGES.length - 1);
  return STAGES.map((_, rank): Bar => {
    if (phone.face === 'done') return rank <= reached ? 'full' : 'to-come';
    if (phone.face === 'attention') return rank === current ? 'broken' : rank <= reached ? 'full' : 'to-come';
    if (rank === current && current > reached) return 'current';
    return rank <= reached ? 'full' : 'to-come';
  });
}

/** How far the phone is on its whole way, 0–100: eight stages, and within one the bytes that move. */
export function wayPercent(phone: Pick<PhoneView, 'stage' | 'face' | 'moving'>): number {
  const part = (phone.moving?.percent ?? 0) / 100;
  return Math.round(((stageRank(phone.stage) + 1 + part) / STAGES.length) * 100);
}

/** The stage whose bytes move now, or the one after the furthest that was reached. */
function currentRank(phone: Pick<PhoneView, 'stage' | 'moving'>): number {
  const next = stageRank(phone.stage) + 1;
  const moving: Stage | null = phone.moving?.what === 'profile' ? 'profile' : phone.moving?.what === 'firmware' ? 'firmware' : null;
  return moving === null ? next : Math.max(next, stageRank(moving));
}
