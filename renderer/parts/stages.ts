import type { PhoneView } from '../../common/contract/views/phone.ts';
import { STAGES, stageRank, type Stage } from '../../common/values/stage.ts';

export type Way = Pick<PhoneView, 'stage' | 'face' | 'moving' | 'attention'>;

/** What one bar of the small pipeline shows. */
export type Bar = 'full' | 'current' | 'to-come' | 'broken' | 'hollow';

/** The eight bars of a phone. A broken one stands where the phone stopped. */
export function barsOf(phone: Way): readonly Bar[] {
  const reached = stageRank(phone.stage);
  if (phone.face === 'expected') return STAGES.map(() => 'hollow');
  const current = Math.min(currentRank(phone), STAGES.length - 1);
  const broken = brokenRank(phone);
  return STAGES.map((_, rank): Bar => {
    if (phone.face === 'done') return rank <= reached ? 'full' : 'to-come';
    if (phone.face === 'attention') return rank === broken ? 'broken' : rank <= reached ? 'full' : 'to-come';
    if (rank === current && current > reached) return 'current';
    return rank <= reached ? 'full' : 'to-come';
  });
}

/** How far the phone is on its whole way, 0–100: eight stages, and within one the bytes that move. */
export function wayPercent(phone: Way): number {
  const part = (phone.moving?.percent ?? 0) / 100;
  return Math.round(((stageRank(phone.stage) + 1 + part) / STAGES.length) * 100);
}

/** The stage whose bytes move now, or the one after the furthest that was reached. */
function currentRank(phone: Way): number {
  const next = stageRank(phone.stage) + 1;
  const moving: Stage | null = phone.moving?.what === 'profile' ? 'profile' : phone.moving?.what === 'firmware' ? 'firmware' : null;
  return moving === null ? next : Math.max(next, stageRank(moving));
}

/** A refused profile or file breaks the profile stage, a refused load the firmware; anything else what comes next. */
function brokenRank(phone: Way): number {
  const code = phone.attention?.code ?? '';
  if (code === 'phone.upgrade-failed' || code.startsWith('wave.')) return stageRank('firmware');
  if (code === 'phone.report-differs') return stageRank('reported');
  if (code === 'phone.resync-failed' || code.startsWith('profile.') || code.startsWith('file.')) return stageRank('profile');
  return Math.min(stageRank(phone.stage) + 1, STAGES.length - 1);
}
