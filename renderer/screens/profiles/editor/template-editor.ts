import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, indentUnit } from '@codemirror/language';
import { autoCloseTags, xml } from '@codemirror/lang-xml';
import { highlightSelectionMatches, openSearchPanel, search, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState, type Extension, type TransactionSpec } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers, tooltips } from '@codemirror/view';
import type { Finding, Fix } from '../../../../common/values/finding.ts';
import { profileCompletion } from './completion.ts';
import type { EditorEnv } from './env.ts';
import { findingMarks, placedEdits, placedFindings, severityWords, showFindings, type PlacedFinding } from './findings.ts';
import { profileHover } from './hover.ts';
import { minimalChange } from './minimal-change.ts';
import { typeOver } from './type-over.ts';
import { editorTheme, placesAndMacros, xmlColours } from './theme.ts';

/** The text of one template in an editor. It outlives the screen: `attach` shows it, `detach` keeps text and undo history. */
export class TemplateEditor {
  readonly env: EditorEnv;
  readonly #language = new Compartment();
  #state: EditorState;
  #view: EditorView | null = null;

  constructor(text: string, env: EditorEnv) {
    this.env = env;
    this.#state = EditorState.create({ doc: text, extensions: this.#extensions() });
  }

  get state(): EditorState {
    return this.#view?.state ?? this.#state;
  }

  text(): string {
    return this.state.sliceDoc();
  }

  /** Shows the editor in an element. Its styles need a shadow tree: the content security policy refuses a style element in the page. */
  attach(host: HTMLElement): void {
    const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
    root.replaceChildren();
    this.#view = new EditorView({ state: this.#state, root, parent: root });
  }

  detach(): void {
    if (!this.#view) return;
    this.#state = this.#view.state;
    this.#view.destroy();
    this.#view = null;
  }

  /** Words in another language. */
  say(): void {
    const effects = this.#language.reconfigure(this.#words());
    if (this.#view) this.#view.dispatch({ effects });
    else this.#state = this.#state.update({ effects }).state;
  }

  /** Replaces what differs, as one step that can be undone; the cursor stays where it was. */
  write(text: string, event = 'input'): void {
    const change = minimalChange(this.text(), text);
    if (change) this.#dispatch({ changes: change, userEvent: event });
  }

  showFindings(findings: readonly Finding[]): void {
    this.#dispatch({ effects: showFindings(findings) });
  }

  findings(): readonly PlacedFinding[] {
    return placedFindings(this.state);
  }

  /** Makes the edits of a fix and stands where they were. */
  fix(fix: Fix): void {
    const edits = placedEdits(this.state, fix.edits);
    const changes = this.state.changes([...edits]);
    const last = edits.at(-1);
    this.#dispatch({ changes, ...(last ? { selection: { anchor: changes.mapPos(last.to, 1) } } : {}), userEvent: 'input.fix', scrollIntoView: true });
    this.focus();
  }

  select(from: number, to = from): void {
    this.#dispatch({ selection: { anchor: from, head: to }, effects: EditorView.scrollIntoView(from, { y: 'center' }) });
    this.focus();
  }

  /** The next finding after the cursor, or the one before it; round at the ends. */
  step(direction: 1 | -1): PlacedFinding | null {
    const all = this.findings().toSorted((a, b) => a.from - b.from || a.to - b.to);
    const { from } = this.state.selection.main;
    const next = direction === 1 ? all.find((each) => each.from > from) ?? all[0] : all.findLast((each) => each.from < from) ?? all.at(-1);
    if (!next) return null;
    this.select(next.from, next.to);
    return next;
  }

  search(): void {
    if (this.#view) openSearchPanel(this.#view);
  }

  focus(): void {
    this.#view?.focus();
  }

  hasFocus(): boolean {
    return this.#view?.hasFocus ?? false;
  }

  #dispatch(spec: TransactionSpec): void {
    if (this.#view) {
      this.#view.dispatch(spec);
      return;
    }
    const transaction = this.#state.update(spec);
    this.#state = transaction.state;
    if (transaction.docChanged) this.env.onText(this.#state.sliceDoc());
  }

  #words(): Extension {
    const { words } = this.env;
    return [EditorState.phrases.of(words.phrases), EditorView.contentAttributes.of({ 'aria-label': words.label, 'aria-multiline': 'true', tabindex: '0' }), severityWords.of(words.severity)];
  }

  #extensions(): Extension {
    return [
      findingMarks,
      lineNumbers(),
      history(),
      drawSelection(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      highlightSelectionMatches(),
      EditorState.tabSize.of(2),
      indentUnit.of('  '),
      bracketMatching(),
      xml({ autoCloseTags: false }),
      typeOver,
      autoCloseTags,
      xmlColours,
      placesAndMacros,
      editorTheme,
      tooltips({ position: 'fixed' }),
      search(),
      profileCompletion(this.env),
      profileHover(this.env),
      this.#language.of(this.#words()),
      keymap.of([...defaultKeymap.filter(({ key }) => key !== 'Mod-Enter'), ...historyKeymap, ...searchKeymap]),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) this.env.onText(update.state.sliceDoc());
        if (update.docChanged || update.selectionSet) this.env.onSelect(update.state.selection.main.head);
        if (update.focusChanged) this.env.onFocus(update.view.hasFocus);
      }),
    ];
  }
}
