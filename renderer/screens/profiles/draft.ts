import type { FormEdit, LintView } from '../../../common/contract/views/profiles.ts';
import { Signal } from '../../model/signal.ts';
import type { Dictionary } from './editor/dictionary.ts';
import type { EditorWords } from './editor/env.ts';
import { TemplateEditor } from './editor/template-editor.ts';
import { FormEdits } from './form/form-edits.ts';
import { LintRunner, PAUSE_MS } from './lint-runner.ts';
import { saveGate, type SaveGate } from './save-gate.ts';
import { Saver, type SavedText, type SaverNeeds } from './save/saver.ts';

/** What a draft asks of the host. */
export interface DraftHost extends Pick<SaverNeeds, 'store' | 'newest'> {
  readonly lint: (text: string) => Promise<LintView>;
  readonly edit: (text: string, edit: FormEdit) => Promise<{ readonly text: string; readonly changed: boolean }>;
}

/** Stands in until the screen gives the words of the reader's language, before anything is shown. */
const NO_WORDS: EditorWords = {
  label: '', phrases: {}, tab: '', finding: ({ code }) => code, severity: (severity) => severity, kind: () => '', about: () => [], macro: () => '',
};

/**
 * A template that is open. It is kept in memory for as long as the window lives: another screen, a lost host or another
 * template loses nothing that was typed. It is written nowhere, because a template may hold passwords; the window asks
 * before it is closed.
 */
export class Draft {
  readonly name: string;
  readonly editor: TemplateEditor;
  readonly lint: LintRunner;
  /** Values on their way from the fields of the form into the text. */
  readonly edits: FormEdits;
  readonly saver: Saver;
  readonly saved: Signal<SavedText>;
  /** The text once the hand rests: what form and preview are made of. */
  readonly settled: Signal<string>;
  readonly gate: Signal<SaveGate> = new Signal<SaveGate>({ kind: 'same' });
  /** Something that was typed is not saved, in the text or still in a field. */
  readonly changed = new Signal(false);
  readonly focused = new Signal(false);
  /** Names of places that may be filled: columns of the list and what the bench knows. */
  readonly places = new Signal<readonly string[]>([]);
  /** Values as the phone of the preview would get them, by parameter; null while they are not known. */
  readonly filled = new Signal<ReadonlyMap<string, string> | null>(null);
  /** Where the cursor stands once the hand rests. */
  readonly cursor = new Signal(0);
  #pause: ReturnType<typeof setTimeout> | undefined;
  #rest: ReturnType<typeof setTimeout> | undefined;

  constructor(name: string, saved: SavedText, host: DraftHost) {
    this.name = name;
    this.saved = new Signal(saved);
    this.settled = new Signal(saved.text);
    this.lint = new LintRunner({ ask: host.lint, later });
    const text = () => this.editor.text();
    this.edits = new FormEdits({ text, write: (next) => this.editor.write(next, 'input.form'), ask: host.edit, later });
    this.saver = new Saver({ ...host, text, saved: this.saved, flush: () => this.edits.flush(), judge: (each) => this.lint.judge(each) });
    this.editor = new TemplateEditor(saved.text, {
      words: NO_WORDS,
      dictionary: null,
      variables: [],
      onText: (text) => this.#typed(text),
      onSelect: (at) => {
        clearTimeout(this.#rest);
        this.#rest = setTimeout(() => this.cursor.set(at), PAUSE_MS);
      },
      onFocus: (focused) => this.focused.set(focused),
    });
    this.lint.answer.subscribe(() => this.#answered());
    this.saved.subscribe(() => this.#typed(this.editor.text()));
    this.edits.waiting.subscribe(() => this.#compare(this.editor.text()));
    void this.lint.read(saved.text);
  }

  /** Another saved text takes the place of this one, as a step that can be undone. */
  take(saved: SavedText): void {
    this.edits.drop();
    this.editor.write(saved.text, 'take');
    this.saved.set(saved);
  }

  /** Back to the saved text; gives what takes that back. */
  async discard(): Promise<() => void> {
    // What waits in a field comes back with the rest where the host can still write it.
    await this.edits.flush().catch(() => undefined);
    const before = this.editor.text();
    this.edits.drop();
    this.editor.write(this.saved.get().text, 'discard');
    return () => this.editor.write(before, 'undo.discard');
  }

  /** Words in the reader's language. */
  say(words: EditorWords): void {
    this.editor.env.words = words;
    this.editor.say();
  }

  know(dictionary: Dictionary | null, variables: readonly string[]): void {
    this.editor.env.dictionary = dictionary;
    this.editor.env.variables = variables;
  }

  /** Reads the text again although it is the same: the host is back, or it serves other phones now. */
  readAgain(): void {
    this.lint.forget();
    void this.lint.read(this.editor.text());
  }

  #typed(text: string): void {
    this.lint.type(text);
    this.saver.typed();
    this.#compare(text);
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.settled.set(text), PAUSE_MS);
  }

  #compare(text: string): void {
    this.changed.set(text !== this.saved.get().text || this.edits.pending());
    this.#weigh(text);
  }

  #answered(): void {
    const answer = this.lint.answer.get();
    const text = this.editor.text();
    if (answer?.text === text) this.editor.showFindings(answer.view.findings);
    this.#weigh(text);
  }

  #weigh(text: string): void {
    const answer = this.lint.answer.get();
    const before = this.gate.get();
    const now = saveGate(this.changed.get(), answer?.text === text ? answer.view : null);
    // What was in the way stays so until the new text is read: the button does not flicker under the hand.
    if (now.kind === 'unread' && (before.kind === 'errors' || before.kind === 'unread')) return;
    if (now.kind === before.kind && now.kind !== 'cuts-off' && now.kind !== 'errors') return;
    this.gate.set(now);
  }
}

function later(work: () => void, ms: number): () => void {
  const timer = setTimeout(work, ms);
  return () => clearTimeout(timer);
}

const drafts = new Map<string, Draft>();

export function draftOf(name: string): Draft | undefined {
  return drafts.get(name);
}

export function keepDraft(draft: Draft): void {
  drafts.set(draft.name, draft);
}

export function dropDraft(name: string): void {
  drafts.get(name)?.lint.stop();
  drafts.delete(name);
}

/** Drafts of templates that are gone are let go, where nothing was typed that would be lost. */
export function keepOnly(names: readonly string[]): void {
  for (const { name, changed } of [...drafts.values()]) if (!changed.get() && !names.includes(name)) dropDraft(name);
}

export function unsavedDrafts(): readonly Draft[] {
  return [...drafts.values()].filter((draft) => draft.changed.get());
}

/** The browser asks before the window closes while something is not saved. */
window.addEventListener('beforeunload', (event) => {
  if (unsavedDrafts().length > 0) event.preventDefault();
});
