import { Signal } from './signal.ts';

const QUIET_MS = 5000;

/** What screen readers are told: at most one polite sentence in 5 s, urgent ones at once. */
export class Announcer {
  readonly polite = new Signal('');
  readonly urgent = new Signal('');
  readonly #later: (work: () => void, ms: number) => void;
  #waiting: (() => string) | null = null;
  #busy = false;

  constructor(later: (work: () => void, ms: number) => void) {
    this.#later = later;
  }

  /** The sentence is made when it is said, so that a later call can sum up what happened meanwhile. */
  say(sentence: () => string): void {
    this.#waiting = sentence;
    if (!this.#busy) this.#speak();
  }

  shout(sentence: string): void {
    this.urgent.set('');
    this.urgent.set(sentence);
  }

  #speak(): void {
    const sentence = this.#waiting;
    this.#waiting = null;
    if (!sentence) {
      this.#busy = false;
      return;
    }
    this.#busy = true;
    this.polite.set(sentence());
    this.#later(() => this.#speak(), QUIET_MS);
  }
}

export const announcer = new Announcer((work, ms) => setTimeout(work, ms));
