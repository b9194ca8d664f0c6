import type { ObservedFacts, Observation, Outcome, Peer, TransferProgress } from '../../../common/values/observation.ts';

export type Detail = NonNullable<Observation['detail']>;

/** Where the observations of all exchanges go. */
export interface Recorder {
  readonly server: 'http' | 'https';
  now(): number;
  observe(observation: Observation): void;
  /** Bytes that moved, in either direction. */
  moved(bytes: number): void;
  /** Called once for each exchange. */
  ended(exchange: Exchange, outcome: Outcome): void;
}

/** `sent`: the system has every byte, the other end has not yet shown that it has them too. */
export type Phase = 'receiving' | 'answering' | 'sending' | 'sent' | 'done';

/** One request from its first line to the proof of its end. Says each thing once. */
export class Exchange {
  phase: Phase = 'answering';
  /** Handed to the system. */
  bytes = 0;
  total: number | null = null;
  movedAt: number;
  sentAt = 0;
  /** Set before the connection is torn down by us, so that the end is told as what it was. */
  cause: string | null = null;
  readonly id: string;
  readonly peer: Peer;
  readonly asked: string;
  readonly startedAt: number;
  readonly facts: ObservedFacts;
  private told = 0;
  /** Of `bytes`, what the other end had not acknowledged when the system was last asked. */
  private outstanding = 0;
  private sentOutcome: Extract<Outcome, { kind: 'delivered' }> | null = null;
  private detail: Detail = {};
  /** What the connection showed; stands in every row of this exchange. */
  private readonly always: Detail;
  private readonly recorder: Recorder;

  constructor(
    recorder: Recorder,
    about: { readonly id: string; readonly peer: Peer; readonly asked: string; readonly facts: ObservedFacts; readonly detail?: Detail },
  ) {
    this.recorder = recorder;
    this.id = about.id;
    this.peer = about.peer;
    this.asked = about.asked;
    this.facts = about.facts;
    this.always = about.detail ?? {};
    this.startedAt = recorder.now();
    this.movedAt = this.startedAt;
  }

  /** Bytes begin to move towards the client. `tell`: large enough for a row of its own before the end. */
  sending(total: number | null, sha256: string | null, tell: boolean): void {
    this.phase = 'sending';
    this.total = total;
    this.bytes = 0;
    this.told = 0;
    this.outstanding = 0;
    this.movedAt = this.recorder.now();
    if (tell) this.observe({ kind: 'started', total, ...(sha256 === null ? {} : { sha256 }) });
  }

  receiving(total: number | null): void {
    this.phase = 'receiving';
    this.total = total;
    this.movedAt = this.recorder.now();
  }

  moved(bytes: number): void {
    this.bytes += bytes;
    this.movedAt = this.recorder.now();
    this.recorder.moved(bytes);
  }

  /** The system has taken the last byte. */
  sent(answer: string, sha256: string | null, detail: Detail = {}): void {
    if (this.phase === 'done') return;
    this.phase = 'sent';
    this.sentAt = this.recorder.now();
    this.detail = detail;
    this.sentOutcome = { kind: 'delivered', answer, bytes: this.bytes, confirmed: true, ...(sha256 === null ? {} : { sha256 }) };
  }

  /** The other end showed that it has everything (`confirmed`), or nothing more can be learnt. */
  settle(confirmed: boolean, detail: Detail = {}): void {
    if (this.phase !== 'sent' || this.sentOutcome === null) return;
    this.finish({ ...this.sentOutcome, confirmed }, { ...this.detail, ...detail }, this.sentAt);
  }

  broken(code: string, detail: Detail = {}): void {
    const early = this.phase === 'receiving' && code === 'http.gone' ? 'http.body-broken' : code;
    const bytes = Math.max(this.told, this.bytes - this.outstanding);
    this.finish({ kind: 'broken', code: this.cause ?? early, bytes }, this.total === null ? detail : { total: this.total, ...detail });
  }

  /** The last word of this exchange; whatever comes later is not said. */
  finish(outcome: Outcome, detail: Detail = {}, at = this.recorder.now()): void {
    if (this.phase === 'done') return;
    this.phase = 'done';
    this.observe(outcome, detail, at);
    this.recorder.ended(this, outcome);
  }

  /**
   * What moved since the last call, or null.
   * @param handed `bytes` as they were before the system was asked
   * @param outstanding what it said was not acknowledged yet, headers included; null where it does not say
   */
  progress(handed: number, outstanding: number | null): TransferProgress | null {
    if (this.phase === 'answering' || this.phase === 'done') return null;
    this.outstanding = outstanding ?? 0;
    const bytes = Math.max(this.told, handed - this.outstanding);
    if (bytes === this.told) return null;
    this.told = bytes;
    this.movedAt = this.recorder.now();
    const { id, peer, total } = this;
    return { exchange: id, server: this.recorder.server, peer, path: this.facts.path ?? '', bytes, total };
  }

  private observe(outcome: Outcome, more: Detail = {}, at = this.recorder.now()): void {
    const detail = { ...this.always, ...more };
    const { peer, asked, facts, id } = this;
    const tookMs = Math.max(0, at - this.startedAt);
    const told = Object.keys(detail).length === 0 ? {} : { detail };
    this.recorder.observe({ at, server: this.recorder.server, peer, asked, facts, outcome, exchange: id, tookMs, ...told });
  }
}
