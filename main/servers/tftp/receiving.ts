import { ahead, patienceFor, SILENCE, type Ending, type Step } from './machine.ts';
import { backedOff, quietTime, sampled, UNTIMED, type Timing } from './timing.ts';

/** A write request on its way in: the phone sends DATA, we acknowledge what is stored. */
export interface Receiving {
  /** `waiting` for blocks · `storing` what came, before it is acknowledged · `dallying` after the last ACK, to repeat it. */
  readonly phase: 'waiting' | 'storing' | 'dallying';
  readonly blockSize: number;
  readonly window: number;
  readonly limit: number;
  readonly oack: boolean;
  /** Blocks that came in order, and how many of them wait for their acknowledgement. */
  readonly got: number;
  readonly fresh: number;
  readonly bytes: number;
  /** The last block was among them. */
  readonly whole: boolean;
  readonly sentAt: number;
  readonly heardAt: number;
  readonly clean: boolean;
  readonly patience: number;
  readonly timing: Timing;
}

export type ReceivingEvent =
  /** `length`: bytes behind the header. */
  | { readonly kind: 'data'; readonly block: number; readonly length: number }
  /** Everything of the last `store` is on disk (and recorded, when it was the end). */
  | { readonly kind: 'stored' }
  | { readonly kind: 'error'; readonly error: number; readonly message: string }
  | { readonly kind: 'again' }
  | { readonly kind: 'tick' };

export type ReceivingEffect =
  | { readonly kind: 'oack' }
  | { readonly kind: 'ack'; readonly block: number; readonly again: boolean }
  /** Keep the bytes of this very DATA packet. */
  | { readonly kind: 'take' }
  /** Put what was taken on disk, then say `stored`; `whole` closes the file. */
  | { readonly kind: 'store'; readonly whole: boolean }
  | { readonly kind: 'end'; readonly ending: Ending };

export type ReceivingStep = Step<Receiving, ReceivingEffect>;

export interface ReceivingStart {
  readonly blockSize: number;
  readonly window: number;
  readonly timeout: number | null;
  readonly oack: boolean;
  /** Most bytes that are taken. */
  readonly limit: number;
}

export function startReceiving(start: ReceivingStart, now: number): ReceivingStep {
  return answer({
    phase: 'waiting', blockSize: start.blockSize, window: start.window, limit: start.limit, oack: start.oack,
    got: 0, fresh: 0, bytes: 0, whole: false, sentAt: now, heardAt: now, clean: true,
    patience: patienceFor(start.timeout), timing: UNTIMED,
  }, now, false);
}

export function stepReceiving(state: Receiving, event: ReceivingEvent, now: number): ReceivingStep {
  switch (event.kind) {
    case 'data': return onData(state, event.block, event.length, now);
    case 'stored': return onStored(state, now);
    case 'tick': return onTick(state, now);
    case 'again': return state.got > 0 || state.phase !== 'waiting' ? wait(state) : repeat(state, now);
    case 'error':
      return state.phase === 'dallying' ? wait(state)
        : finish(state, { kind: 'aborted', error: event.error, message: event.message });
  }
}

function onData(state: Receiving, block: number, length: number, now: number): ReceivingStep {
  const known: Receiving = { ...state, heardAt: now };
  if (state.phase === 'storing') return wait(known); // it comes again if it matters
  const steps = ahead(block, state.got);
  if (state.phase === 'dallying') return steps === 0 ? repeat(known, now) : wait(known);
  if (steps === 1 && length <= state.blockSize) return onNext(known, length, now);
  // A block that is already here, or one behind a gap: tell where we are (RFC 7440 §4), but store before telling.
  return state.fresh > 0 ? store(known) : repeat(known, now);
}

function onNext(state: Receiving, length: number, now: number): ReceivingStep {
  const bytes = state.bytes + length;
  if (bytes > state.limit) return finish(state, { kind: 'too-large' });
  const timing = state.clean && state.fresh === 0 ? sampled(state.timing, now - state.sentAt) : state.timing;
  const next: Receiving = {
    ...state, got: state.got + 1, fresh: state.fresh + 1, bytes, whole: length < state.blockSize, timing,
  };
  if (!next.whole && next.fresh < next.window) return { state: next, effects: [{ kind: 'take' }], wakeAt: wakeAt(next) };
  const stored = store(next);
  return { ...stored, effects: [{ kind: 'take' }, ...stored.effects] };
}

function onStored(state: Receiving, now: number): ReceivingStep {
  if (state.phase !== 'storing') return wait(state);
  const next: Receiving = { ...state, phase: state.whole ? 'dallying' : 'waiting', fresh: 0, heardAt: now };
  const step = answer(next, now, false);
  return state.whole ? { ...step, effects: [...step.effects, { kind: 'end', ending: { kind: 'received' } }] } : step;
}

function onTick(state: Receiving, now: number): ReceivingStep {
  if (now >= state.heardAt + limitOf(state)) {
    return finish(state, state.phase === 'dallying' ? { kind: 'delivered' } : { kind: 'silent', never: state.got === 0 });
  }
  if (state.phase !== 'waiting' || now < dueAt(state)) return wait(state);
  if (state.fresh > 0) return store(state); // the rest of the window got lost
  return answer({ ...state, timing: backedOff(state.timing) }, now, true);
}

/** Answers a repeated packet, at most once for each round trip. */
function repeat(state: Receiving, now: number): ReceivingStep {
  return now - state.sentAt > quietTime(state.timing) ? answer(state, now, true) : wait(state);
}

function answer(state: Receiving, now: number, again: boolean): ReceivingStep {
  const next: Receiving = { ...state, sentAt: now, clean: !again };
  const effect: ReceivingEffect = next.got === 0 && next.oack ? { kind: 'oack' } : { kind: 'ack', block: next.got, again };
  return { state: next, effects: [effect], wakeAt: wakeAt(next) };
}

function store(state: Receiving): ReceivingStep {
  const next: Receiving = { ...state, phase: 'storing' };
  return { state: next, effects: [{ kind: 'store', whole: next.whole }], wakeAt: wakeAt(next) };
}

function wait(state: Receiving): ReceivingStep {
  return { state, effects: [], wakeAt: wakeAt(state) };
}

function finish(state: Receiving, ending: Ending): ReceivingStep {
  return { state, effects: [{ kind: 'end', ending }], wakeAt: Infinity };
}

function limitOf(state: Receiving): number {
  if (state.phase === 'dallying') return SILENCE.last;
  return Math.max(state.got === 0 ? SILENCE.unanswered : SILENCE.moving, state.patience);
}

/** Half a window waits for its rest from its last block on, an acknowledgement for its answer from its sending on. */
function dueAt(state: Receiving): number {
  return (state.fresh > 0 ? state.heardAt : state.sentAt) + state.timing.rto;
}

function wakeAt(state: Receiving): number {
  const limit = state.heardAt + limitOf(state);
  return state.phase === 'waiting' ? Math.min(limit, dueAt(state)) : limit;
}
