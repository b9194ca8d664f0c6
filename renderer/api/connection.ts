import { createORPCClient, type ClientLink } from '@orpc/client';
import type { BenchClient } from '../../common/contract/contract.ts';
import type { BenchEvent } from '../../common/contract/views/bench.ts';
import { Signal } from '../model/signal.ts';
import { RefusedError, type OpenLink } from './link.ts';

export type ConnectionState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'open' }
  | { readonly kind: 'lost'; readonly since: number; readonly retryAt: number | null }
  | { readonly kind: 'refused' };

export interface ConnectionNeeds {
  readonly open: (signal: AbortSignal) => Promise<OpenLink>;
  readonly now: () => number;
  readonly onEvent: (event: BenchEvent) => void;
  /** After each time the pipe opens. */
  readonly onOpen: () => void;
}

/** No answer came in time, or the pipe is gone: the screen says so beside the action. */
export class NoAnswerError extends Error {
  readonly limitMs: number | null;
  constructor(limitMs: number | null) {
    super(limitMs === null ? 'the bench host is gone' : `no answer in ${limitMs} ms`);
    this.limitMs = limitMs;
  }
}

const CALL_LIMIT_MS = 30_000;
/** They read gigabytes from a disk; the screen shows how far they are, and they can be stopped. */
const UNHURRIED = new Set(['firmware add', 'firmware verify']);
const WAITS_MS = [500, 1000, 2000, 3000, 5000];

/** One client for the life of the page; the pipe below it is opened again whenever it breaks. */
export class Connection {
  readonly state = new Signal<ConnectionState>({ kind: 'connecting' });
  readonly client: BenchClient;
  readonly #needs: ConnectionNeeds;
  readonly #stop = new AbortController();
  #open: OpenLink | null = null;
  #wake: (() => void) | null = null;

  constructor(needs: ConnectionNeeds) {
    this.#needs = needs;
    const link: ClientLink<Record<never, never>> = { call: (path, input, options) => this.#call(path, input, options) };
    this.client = createORPCClient(link);
  }

  /** Keeps the pipe open until `stop`. */
  async run(): Promise<void> {
    let tries = 0;
    while (!this.#stop.signal.aborted) {
      try {
        const open = await this.#needs.open(this.#stop.signal);
        tries = 0;
        this.#open = open;
        await this.#follow(open);
      } catch (error) {
        if (error instanceof RefusedError) {
          this.state.set({ kind: 'refused' });
          return;
        }
      }
      this.#open?.close();
      this.#open = null;
      if (this.#stop.signal.aborted) return;
      const before = this.state.get();
      const since = before.kind === 'lost' ? before.since : this.#needs.now();
      const wait = WAITS_MS[Math.min(tries, WAITS_MS.length - 1)] ?? 5000;
      tries += 1;
      this.state.set({ kind: 'lost', since, retryAt: this.#needs.now() + wait });
      await this.#sleep(wait);
      this.state.set({ kind: 'lost', since, retryAt: null });
    }
  }

  /** Cuts the waiting time short. */
  tryNow(): void {
    this.#wake?.();
  }

  stop(): void {
    this.#stop.abort();
    this.#open?.close();
    this.#wake?.();
  }

  async #follow(open: OpenLink): Promise<void> {
    const watch = await this.client.bench.watch();
    const gone = open.closed.then(() => ({ done: true as const, value: undefined }));
    for (;;) {
      const next = await Promise.race([watch.next(), gone]);
      if (next.done) return;
      this.#needs.onEvent(next.value);
      if (this.state.get().kind !== 'open') {
        this.state.set({ kind: 'open' });
        this.#needs.onOpen();
      }
    }
  }

  async #call(path: readonly string[], input: unknown, options: Parameters<ClientLink<Record<never, never>>['call']>[2]): Promise<unknown> {
    const open = this.#open;
    if (!open) throw new NoAnswerError(null);
    const gone = open.closed.then(() => Promise.reject(new NoAnswerError(null)));
    if (path.at(-1) === 'watch' || UNHURRIED.has(path.join(' '))) return Promise.race([open.link.call(path, input, options), gone]);
    const limit = AbortSignal.timeout(CALL_LIMIT_MS);
    const late = new Promise<never>((_, reject) => {
      limit.addEventListener('abort', () => reject(new NoAnswerError(CALL_LIMIT_MS)), { once: true });
    });
    const signal = options.signal ? AbortSignal.any([options.signal, limit]) : limit;
    return Promise.race([open.link.call(path, input, { ...options, signal }), gone, late]);
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
