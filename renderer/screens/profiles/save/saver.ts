import type { LintView } from '../../../../common/contract/views/profiles.ts';
import { Signal } from '../../../model/signal.ts';
import { saveGate, type SaveGate } from '../save-gate.ts';

export interface SavedText {
  readonly text: string;
  readonly version: number;
}

/** What is stored now, and since when. */
export interface StoredText extends SavedText {
  readonly at: number;
}

export type SaveQuestion =
  /** The text cuts phones off: exactly this one is stored over `base` once their number is typed. */
  | { readonly kind: 'cuts-off'; readonly gate: Extract<SaveGate, { readonly kind: 'cuts-off' }>; readonly text: string; readonly base: number }
  /** Somebody saved another text meanwhile. */
  | { readonly kind: 'changed'; readonly theirs: StoredText };

/** Why nothing was stored. */
export type SaveFailure =
  /** The bench could not check the text. */
  | { readonly kind: 'unread' }
  | { readonly kind: 'errors'; readonly count: number }
  /** Removed by somebody else meanwhile. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'call'; readonly error: unknown };

export interface SaveState {
  readonly busy: boolean;
  readonly failure: SaveFailure | null;
  readonly question: SaveQuestion | null;
}

export interface SaverNeeds {
  /** Writes what still waits in fields into the text; rejects when it cannot. */
  readonly flush: () => Promise<void>;
  readonly text: () => string;
  readonly saved: Signal<SavedText>;
  /** The lint of exactly this text; null when the bench gave none. */
  readonly judge: (text: string) => Promise<LintView | null>;
  /** Stores a text over version `base`; `changed` when that is not the newest. */
  readonly store: (text: string, base: number) => Promise<{ readonly version: number } | 'changed'>;
  /** What is stored now; null when the template is gone. */
  readonly newest: () => Promise<StoredText | null>;
}

const REST: SaveState = { busy: false, failure: null, question: null };

/**
 * Saving one template. Whatever way leads to the store, the text that is stored is the one that was checked, and one save
 * runs at a time. It lives as long as the draft: a save goes on when its screen is left.
 */
export class Saver {
  readonly state = new Signal<SaveState>(REST);
  readonly #needs: SaverNeeds;

  constructor(needs: SaverNeeds) {
    this.#needs = needs;
  }

  /** Gives the version that was stored, null when nothing was. */
  save(): Promise<number | null> {
    return this.#once(async () => {
      await this.#needs.flush();
      const { text, version } = this.#needs.saved.get();
      return this.#needs.text() === text ? null : this.#check(version);
    });
  }

  /** Stores the text that cuts phones off; their number was typed. */
  saveAnyway(): Promise<number | null> {
    const { question } = this.state.get();
    if (question?.kind !== 'cuts-off') return Promise.resolve(null);
    return this.#once(() => this.#store(question.text, question.base));
  }

  /** Stores the own text over that of somebody else, after the same checks as any other save. */
  keepMine(): Promise<number | null> {
    const { question } = this.state.get();
    if (question?.kind !== 'changed') return Promise.resolve(null);
    return this.#once(() => this.#check(question.theirs.version));
  }

  /** Looks what somebody else saved, and asks which of both it shall be. */
  compare(): Promise<null> {
    return this.#once(async () => {
      await this.#needs.flush();
      await this.#ask();
      return null;
    }).then(() => null);
  }

  dismiss(): void {
    this.#say({ question: null, failure: null });
  }

  /** Another text: what was said of the one before does not hold for it. */
  typed(): void {
    const state = this.state.get();
    if (state.failure && !state.busy && !state.question) this.state.set({ ...state, failure: null });
  }

  async #check(base: number): Promise<number | null> {
    const text = this.#needs.text();
    const gate = saveGate(true, await this.#needs.judge(text));
    switch (gate.kind) {
      case 'free': return this.#store(text, base);
      case 'cuts-off': return this.#say({ question: { kind: 'cuts-off', gate, text, base } });
      case 'errors': return this.#say({ failure: { kind: 'errors', count: gate.count } });
      case 'unread':
      case 'same': return this.#say({ failure: { kind: 'unread' } });
    }
  }

  async #store(text: string, base: number): Promise<number | null> {
    const answer = await this.#needs.store(text, base);
    if (answer === 'changed') return this.#ask();
    this.#say({ question: null });
    this.#needs.saved.set({ text, version: answer.version });
    return answer.version;
  }

  async #ask(): Promise<null> {
    const theirs = await this.#needs.newest();
    if (!theirs) return this.#say({ failure: { kind: 'gone' } });
    // Both wrote the same: there is nothing to choose between.
    if (theirs.text === this.#needs.text()) {
      this.#say({ question: null });
      this.#needs.saved.set({ text: theirs.text, version: theirs.version });
      return null;
    }
    return this.#say({ question: { kind: 'changed', theirs } });
  }

  /** A second press while one is on its way would be a conflict with oneself. */
  async #once(work: () => Promise<number | null>): Promise<number | null> {
    if (this.state.get().busy) return null;
    this.#say({ busy: true, failure: null });
    try {
      return await work();
    } catch (error) {
      return this.#say({ failure: { kind: 'call', error } });
    } finally {
      this.#say({ busy: false });
    }
  }

  #say(part: Partial<SaveState>): null {
    this.state.set({ ...this.state.get(), ...part });
    return null;
  }
}
