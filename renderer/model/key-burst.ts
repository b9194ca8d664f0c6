/** A single letter waits this long before it acts: a scanner's next character comes sooner, a hand's never does. */
export const HOLD_MS = 35;

export interface BurstState {
  /** Character that waits to act, null when none does. */
  readonly held: string | null;
  readonly lastAt: number;
  /** Characters that followed each other in under 35 ms. */
  readonly run: number;
}

export const QUIET: BurstState = { held: null, lastAt: Number.NEGATIVE_INFINITY, run: 0 };

/** A character was typed. Held when it may be a key, dropped when it belongs to a burst. */
export function typed(state: BurstState, key: string, at: number): BurstState {
  const fast = at - state.lastAt < HOLD_MS;
  return fast ? { held: null, lastAt: at, run: state.run + 1 } : { held: key, lastAt: at, run: 1 };
}

/** Time has passed: the held character acts, unless another came meanwhile. */
export function ripe(state: BurstState, at: number): { readonly state: BurstState; readonly act: string | null } {
  if (state.held === null || at - state.lastAt < HOLD_MS) return { state, act: null };
  return { state: { ...state, held: null }, act: state.held };
}

/** True for the Enter that ends a scan: it must not press the focused button. */
export function endsBurst(state: BurstState, at: number): boolean {
  return state.run >= 2 && at - state.lastAt < HOLD_MS;
}
