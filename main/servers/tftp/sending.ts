import { ahead, patienceFor, SILENCE, type Ending, type Step } from './machine.ts';
import { backedOff, quietTime, sampled, UNTIMED, type Timing } from './timing.ts';

/** A read request on its way out: we send DATA, the phone acknowledges. */
export interface Sending {
  /** `offered`: the OACK waits for ACK 0. `moving`: blocks move. */
  readonly phase: 'offered' | 'moving';
  /** Blocks of the whole body; the last one is shorter than the block size, perhaps empty. */
  readonly blocks: number;
  readonly window: number;
  /** Highest block that the phone acknowledged, and highest that was sent. */
  readonly acked: number;
  readonly sent: number;
  readonly sentAt: number;
  readonly heardAt: number;
  /** When a block was last acknowledged for the first time. */
  readonly movedAt: number;
  /** The phone has answered at least once. */
  readonly heard: boolean;
  /** Resends by our own timer since the phone was last heard. */
  readonly tries: number;
  /** Highest block that was sent twice, 0 for the OACK, −1 for none: only what was sent once measures a round trip (Karn). */
  readonly resentTo: number;
  /** When a partly acknowledged window was last sent again from its gap. */
  readonly restartedAt: number;
  /** Least silence to bear, when the client named a slow timer of its own. */
  readonly patience: number;
  readonly timing: Timing;
}

export type SendingEvent =
  | { readonly kind: 'ack'; readonly block: number }
  | { readonly kind: 'error'; readonly error: number; readonly message: string }
  /** The same request once more: the phone did not hear our first answer. */
  | { readonly kind: 'again' }
  | { readonly kind: 'tick' };

export type SendingEffect =
  | { readonly kind: 'oack' }
  /** Send blocks `from` … `from + count − 1`; `again` when at least one of them was sent before. */
  | { readonly kind: 'data'; readonly from: number; readonly count: number; readonly again: boolean }
  | { readonly kind: 'end'; readonly ending: Ending };

export type SendingStep = Step<Sending, SendingEffect>;

export interface SendingStart {
  /** Bytes on the wire, after netascii. */
  readonly size: number;
  readonly blockSize: number;
  readonly window: number;
  /** Seconds that the client named (RFC 2349), or null. */
  readonly timeout: number | null;
  /** Options were granted, so the OACK goes first (RFC 2347). */
  readonly oack: boolean;
}

/** On a bad link the last block itself may be what lacks: so many resends before we stop. */
const LAST_TRIES = 4;

const NOTHING: readonly SendingEffect[] = [];
const OACK: readonly SendingEffect[] = [{ kind: 'oack' }];

export function startSending(start: SendingStart, now: number): SendingStep {
  const state: Sending = {
    phase: start.oack ? 'offered' : 'moving',
    blocks: Math.floor(start.size / start.blockSize) + 1,
    window: start.window,
    acked: 0, sent: 0, sentAt: now, heardAt: now, movedAt: now, heard: false, tries: 0, resentTo: -1, restartedAt: -Infinity,
    patience: patienceFor(start.timeout),
    timing: UNTIMED,
  };
  return start.oack ? { state, effects: OACK, wakeAt: wakeAt(state) } : advance(state, now);
}

export function stepSending(state: Sending, event: SendingEvent, now: number): SendingStep {
  switch (event.kind) {
    case 'ack': return onAck(state, event.block, now);
    case 'tick': return onTick(state, now);
    case 'again':
      // Only before the first answer is a second request a duplicate; after it, it is a new transfer (the caller's rule).
      return state.heard || now - state.sentAt < quietTime(state.timing) ? wait(state) : resend(state, now, 1);
    case 'error': return finish(state, { kind: 'aborted', error: event.error, message: event.message });
  }
}

/** Everything is sent, and only the acknowledgement of the last window lacks: no reason to hold a slot. */
export function isLast(state: Sending): boolean {
  return state.heard && state.sent === state.blocks;
}

function onAck(state: Sending, block: number, now: number): SendingStep {
  if (state.phase === 'offered') {
    if (block !== 0) return wait(state);
    return advance(heard(state, 0, now), now);
  }
  const steps = ahead(block, state.acked);
  const inFlight = state.sent - state.acked;
  if (steps > inFlight) return wait(state); // an old one, or one for a block never sent
  if (steps === 0) return onRepeated(state, now);
  const acked = state.acked + steps;
  const next = heard(state, acked, now);
  if (acked === state.blocks) return finish(next, { kind: 'delivered' });
  if (acked === state.sent) return advance(next, now);
  return onGap(next, now);
}

/** The phone asks for the block after `acked` again: once for each round trip, else every echo would breed an echo. */
function onRepeated(state: Sending, now: number): SendingStep {
  const known: Sending = { ...state, heardAt: now, heard: true, tries: 0 };
  // What went out twice is acknowledged twice, late on a busy machine: such an echo must not send the window again, the
  // timer is short enough.
  const echo = state.resentTo >= state.acked;
  return !echo && now - state.sentAt > quietTime(state.timing) ? resend(known, now, 1) : wait(known);
}

/**
 * RFC 7440 §4: an acknowledgement inside the window means a gap, and the window starts again behind it. A phone that
 * acknowledges every block would make each of its ACKs cost a window, so within one round trip the window only slides.
 */
function onGap(state: Sending, now: number): SendingStep {
  const goal = Math.min(state.acked + state.window, state.blocks);
  if (now - state.restartedAt <= quietTime(state.timing)) {
    if (goal <= state.sent) return wait(state);
    return send(state, state.sent + 1, goal, now, false);
  }
  return send({ ...state, restartedAt: now }, state.acked + 1, goal, now, true);
}

function onTick(state: Sending, now: number): SendingStep {
  const silence = now - state.heardAt;
  const enough = !isLast(state) || state.tries >= LAST_TRIES || silence >= SILENCE.moving;
  if (silence >= limitOf(state) && enough) {
    return finish(state, isLast(state) ? { kind: 'unconfirmed' } : { kind: 'silent', never: !state.heard });
  }
  if (now - state.movedAt >= Math.max(SILENCE.stuck, state.patience)) return finish(state, { kind: 'silent', never: !state.heard });
  if (now < state.sentAt + state.timing.rto) return wait(state);
  // When only the last acknowledgement lacks, the phone has most likely gone: a few resends are enough.
  // A silent window comes again as a whole: its last block alone would find most of the losses, but phones stay silent
  // after a lost first block, and that cost more than half of the throughput (ADR 5).
  return resend({ ...state, tries: state.tries + 1 }, now, isLast(state) ? 4 : 2);
}

function resend(state: Sending, now: number, slower: number): SendingStep {
  const timing = slower === 1 ? state.timing : backedOff(state.timing, slower);
  const next: Sending = { ...state, timing, sentAt: now, resentTo: Math.max(state.resentTo, 0) };
  if (state.phase === 'offered') return { state: next, effects: OACK, wakeAt: wakeAt(next) };
  return send(next, state.acked + 1, Math.min(state.acked + state.window, state.blocks), now, true);
}

/** The next whole window, none of it sent before. */
function advance(state: Sending, now: number): SendingStep {
  const goal = Math.min(state.acked + state.window, state.blocks);
  return send(state, state.acked + 1, goal, now, false);
}

function send(state: Sending, from: number, to: number, now: number, again: boolean): SendingStep {
  const next: Sending = {
    phase: 'moving', blocks: state.blocks, window: state.window, acked: state.acked,
    sent: Math.max(state.sent, to), sentAt: now, heardAt: state.heardAt, movedAt: state.movedAt, heard: state.heard, tries: state.tries,
    resentTo: again ? Math.max(state.resentTo, Math.min(to, state.sent)) : state.resentTo, restartedAt: state.restartedAt, patience: state.patience, timing: state.timing,
  };
  return { state: next, effects: [{ kind: 'data', from, count: to - from + 1, again }], wakeAt: wakeAt(next) };
}

function heard(state: Sending, acked: number, now: number): Sending {
  // Also in a window that began again behind a gap: its new blocks went out once, and their answer tells.
  const measured = acked === state.sent && acked > state.resentTo;
  return {
    phase: 'moving', blocks: state.blocks, window: state.window, acked,
    sent: state.sent, sentAt: state.sentAt, heardAt: now, movedAt: acked > state.acked ? now : state.movedAt, heard: true, tries: 0,
    resentTo: state.resentTo, restartedAt: state.restartedAt, patience: state.patience,
    // Before the first clean sample a doubled timer is only a doubled guess.
    timing: measured ? sampled(state.timing, now - state.sentAt) : state.timing.srtt === 0 ? UNTIMED : state.timing,
  };
}

function wait(state: Sending): SendingStep {
  return { state, effects: NOTHING, wakeAt: wakeAt(state) };
}

function finish(state: Sending, ending: Ending): SendingStep {
  return { state, effects: [{ kind: 'end', ending }], wakeAt: Infinity };
}

function limitOf(state: Sending): number {
  const limit = !state.heard ? SILENCE.unanswered : isLast(state) ? SILENCE.last : SILENCE.moving;
  return Math.max(limit, state.patience);
}

function wakeAt(state: Sending): number {
  const due = state.sentAt + state.timing.rto;
  return isLast(state) && state.tries < LAST_TRIES ? due : Math.min(due, state.heardAt + limitOf(state));
}
