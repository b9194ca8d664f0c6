import type { FormEdit } from '../../../../common/contract/views/profiles.ts';
import { Signal } from '../../../model/signal.ts';

export interface FormEditsNeeds {
  readonly text: () => string;
  readonly write: (text: string) => void;
  /** The text with one parameter changed and nothing else. */
  readonly ask: (text: string, edit: FormEdit) => Promise<{ readonly text: string; readonly changed: boolean }>;
  /** Runs work later; gives what takes it back. */
  readonly later: (work: () => void, ms: number) => () => void;
}

/** What a field holds that the fields of the text do not show yet. */
export interface WaitingEdit extends FormEdit {
  /** `typed`: not in the text yet. `written`: in the text, and the fields are asked for anew. */
  readonly state: 'typed' | 'written';
}

/** A hand that types pauses longer than this at the end of a value. */
export const REST_MS = 400;
/** A text that changed while an edit of it was on its way is edited again. */
const TRIES = 3;

/**
 * Values typed into fields, on their way into the text of the editor. They are kept here and not in the fields: a field
 * that leaves the screen, a lost host or a save that comes at once loses none of them.
 */
export class FormEdits {
  readonly waiting = new Signal<ReadonlyMap<string, WaitingEdit>>(new Map());
  /** Why the last edit could not be written; null after one that could. */
  readonly failure = new Signal<Error | null>(null);
  readonly #needs: FormEditsNeeds;
  readonly #timers = new Map<string, () => void>();
  #queue: Promise<void> = Promise.resolve();

  constructor(needs: FormEditsNeeds) {
    this.#needs = needs;
  }

  /** True while something typed is not in the text. */
  pending(): boolean {
    return [...this.waiting.get().values()].some(({ state }) => state === 'typed');
  }

  /** Typed, and written once the hand rests; without `rest` only when the field is left or the text is needed. */
  type(edit: FormEdit, { rest = true }: { readonly rest?: boolean } = {}): void {
    this.#cancel(edit.name);
    this.#set(edit.name, { ...edit, state: 'typed' });
    if (rest) this.#timers.set(edit.name, this.#needs.later(() => void this.now(edit.name), REST_MS));
  }

  /** Written now. */
  put(edit: FormEdit): void {
    this.type(edit, { rest: false });
    void this.now(edit.name);
  }

  /** The field is left: what waits in it is written. */
  async now(name: string): Promise<void> {
    this.#cancel(name);
    if (this.waiting.get().get(name)?.state !== 'typed') return;
    // One edit after the other: each starts from the text that the one before left.
    const mine = this.#queue.then(() => this.#write(name));
    this.#queue = mine;
    await mine;
  }

  /** Writes everything that waits; rejects with the reason when it cannot. */
  async flush(): Promise<void> {
    for (const [name, { state }] of this.waiting.get()) if (state === 'typed') void this.now(name);
    for (let last; last !== this.#queue;) {
      last = this.#queue;
      await last;
    }
    if (this.pending()) throw this.failure.get() ?? new Error('a field could not be written');
  }

  /** The fields were read from this text: what was written shows in them now. */
  shown(text: string): void {
    if (text !== this.#needs.text()) return;
    const left = [...this.waiting.get()].filter(([, { state }]) => state === 'typed');
    if (left.length < this.waiting.get().size) this.waiting.set(new Map(left));
  }

  /** Another text took the place of this one: nothing that was typed into its fields belongs to it. */
  drop(): void {
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
    this.waiting.set(new Map());
    this.failure.set(null);
  }

  async #write(name: string): Promise<void> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const edit = this.waiting.get().get(name);
      if (edit?.state !== 'typed') return;
      const before = this.#needs.text();
      try {
        const answer = await this.#needs.ask(before, edit);
        // Typed on, dropped or written meanwhile: this answer is of another moment.
        if (this.waiting.get().get(name) !== edit || this.#needs.text() !== before) continue;
        this.failure.set(null);
        if (answer.changed) this.#needs.write(answer.text);
        this.#set(name, answer.changed ? { ...edit, state: 'written' } : null);
        return;
      } catch (error) {
        this.failure.set(error instanceof Error ? error : new Error(String(error)));
        return;
      }
    }
  }

  #cancel(name: string): void {
    this.#timers.get(name)?.();
    this.#timers.delete(name);
  }

  #set(name: string, edit: WaitingEdit | null): void {
    const next = new Map(this.waiting.get());
    if (edit) next.set(name, edit);
    else if (!next.delete(name)) return;
    this.waiting.set(next);
  }
}
