import type { LintView } from '../../../common/contract/views/profiles.ts';
import { Signal } from '../../model/signal.ts';

export interface LintNeeds {
  readonly ask: (text: string) => Promise<LintView>;
  /** Runs work later; gives what takes it back. */
  readonly later: (work: () => void, ms: number) => () => void;
}

export interface LintAnswer {
  /** The text that was read. */
  readonly text: string;
  readonly view: LintView;
}

/** A hand that types pauses longer than this at the end of a word. */
export const PAUSE_MS = 150;

/** Has a text read while it is typed: after a pause, one text at a time, and only the answer to the newest text counts. */
export class LintRunner {
  readonly answer = new Signal<LintAnswer | null>(null);
  readonly #needs: LintNeeds;
  #wanted: string | null = null;
  #asked: { readonly text: string; readonly answer: Promise<LintView | null> } | null = null;
  #cancel: (() => void) | null = null;

  constructor(needs: LintNeeds) {
    this.#needs = needs;
  }

  /** The text is this now. */
  type(text: string): void {
    this.#wanted = text;
    this.#cancel?.();
    this.#cancel = this.#needs.later(() => void this.read(text), PAUSE_MS);
  }

  /** Reads a text at once; a text that is read already or on its way is not sent a second time. Null when the host gave no answer. */
  async read(text: string): Promise<LintView | null> {
    this.#wanted = text;
    this.#cancel?.();
    const known = this.answer.get();
    if (known?.text === text) return known.view;
    if (this.#asked?.text === text) return this.#asked.answer;
    // The text before is still being read: what follows waits for it, so that a slow host is not flooded.
    const before = this.#asked?.answer;
    const answer = (async () => {
      await before;
      if (this.#wanted !== text) return null;
      return this.#needs.ask(text).then((view) => view, () => null);
    })();
    this.#asked = { text, answer };
    const view = await answer;
    if (this.#asked?.answer === answer) this.#asked = null;
    if (view && this.#wanted === text) this.answer.set({ text, view });
    return view;
  }

  /** The answer for exactly this text, also when it is typed on meanwhile: what is saved is what was checked. */
  async judge(text: string): Promise<LintView | null> {
    const view = await this.read(text);
    return view ?? (this.#wanted === text ? null : this.#needs.ask(text).then((late) => late, () => null));
  }

  /** Asks again although the text is the same: whom it is for has changed. */
  forget(): void {
    this.answer.set(null);
  }

  stop(): void {
    this.#wanted = null;
    this.#cancel?.();
  }
}
