import { acceptCompletion, autocompletion, pickedCompletion, startCompletion, type Completion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import { Prec, type Extension } from '@codemirror/state';
import { keymap, type EditorView, type Rect } from '@codemirror/view';
import type { ParameterEntry } from '../../../../common/values/parameter.ts';
import { aboutParameter } from './about.ts';
import type { EditorEnv } from './env.ts';
import { typedPlace, type TypedPlace } from './place-at.ts';

/** Longer elements are not looked back into. */
const LOOK_BACK = 20_000;
/** Macros that every Multiplatform load expands in a rule. */
const MACROS = ['MA', 'MAU', 'MAC', 'PN', 'PSN', 'SN', 'SWVER', 'HWVER', 'IP', 'PRVST', 'CCERT', 'EXTIP', 'SERVIP', 'SERVPORT', 'SCHEME', 'METH', 'PATH', 'UPGST', 'PRVTMR', 'UPGTMR'];

/** Names of parameters, their options, places and macros, from what the host knows. Tab and Enter take one, Esc closes. */
export function profileCompletion(env: EditorEnv): Extension {
  return [
    autocompletion({
      override: [(context) => complete(context, env)],
      icons: false,
      maxRenderedOptions: 60,
      aboveCursor: false,
      positionInfo: below,
    }),
    Prec.highest(keymap.of([{ key: 'Tab', run: acceptCompletion }])),
  ];
}

function complete(context: CompletionContext, env: EditorEnv): CompletionResult | null {
  const start = Math.max(0, context.pos - LOOK_BACK);
  const typed = typedPlace(context.state.sliceDoc(start, context.pos));
  if (!typed) return null;
  const from = start + typed.from;
  const options = optionsFor(typed, context, env);
  if (options.length === 0) return null;
  return { from, options, validFor: typed.kind === 'name' ? namesValid(typed) : typed.kind === 'value' ? /^[^<>{]*$/ : /^[\w.-]*$/ };
}

/** The number of an indexed name is part of the offer: with another number the offers are made anew. */
function namesValid(typed: TypedPlace): RegExp {
  return /_\d+_?$/.test(typed.text) ? /^$/ : /^[A-Za-z_.-]*$/;
}

function optionsFor(typed: TypedPlace, context: CompletionContext, env: EditorEnv): readonly Completion[] {
  switch (typed.kind) {
    case 'name': return typed.text === '' && !context.explicit ? [] : nameOptions(typed.text, context, env);
    case 'closing': return typed.element === null ? [] : [{ label: typed.element, apply: `${typed.element}>` }];
    case 'variable': return env.variables.map((name) => ({ label: name, apply: (view, completion, from, to) => insert(view, completion, from, to, `${name}}}`, closesPlace(view, to) ? 2 : 0) }));
    case 'macro': return typed.text === '' && !context.explicit ? [] : MACROS.map((label) => ({ label, detail: env.words.macro(label) }));
    case 'value': {
      const options = valuesOf(env.dictionary?.find(typed.element) ?? null);
      return typed.text.length > 80 ? [] : options.map((label, at) => ({ label, type: 'enum', sortText: String(at).padStart(3, '0') }));
    }
  }
}

function nameOptions(typed: string, context: CompletionContext, env: EditorEnv): readonly Completion[] {
  const text = context.state.doc.toString();
  const used = new Set([...text.matchAll(/<([A-Za-z_][\w.-]*)[\s>/]/g)].map((match) => match[1]));
  return (env.dictionary?.offers(typed, (name) => used.has(name)) ?? []).map(({ name, entry }) => ({
    label: name,
    detail: env.words.kind(entry),
    info: () => aboutParameter(name, entry, env.words, env.words.tab),
    apply: (view, completion, from, to) => writeElement(view, completion, from, to, name, entry),
  }));
}

/** The values that a parameter can have, as far as they are a list. */
function valuesOf(entry: ParameterEntry | null): readonly string[] {
  return entry === null || entry.options.length > 0 ? entry?.options ?? [] : entry.type === 'bool' ? ['Yes', 'No'] : [];
}

/** `<Upgr` becomes `<Upgrade_Rule ua="na"></Upgrade_Rule>` with the cursor inside; where more of a tag follows, only the name is written. */
function writeElement(view: EditorView, completion: Completion, from: number, to: number, name: string, entry: ParameterEntry): void {
  const rest = view.state.sliceDoc(to, view.state.doc.lineAt(to).to);
  if (/^[\w.-]*[\s/]*(?:\s[\w-]+=|>)/.test(rest)) {
    insert(view, completion, from, to, name, 0);
    return;
  }
  const open = `${name} ua="na">`;
  view.dispatch({
    changes: { from, to, insert: `${open}</${name}>` },
    selection: { anchor: from + open.length },
    annotations: pickedCompletion.of(completion),
    userEvent: 'input.complete',
    scrollIntoView: true,
  });
  // A parameter with known values offers them at once.
  if (valuesOf(entry).length > 0) startCompletion(view);
}

function insert(view: EditorView, completion: Completion, from: number, to: number, text: string, over: number): void {
  view.dispatch({ changes: { from, to: to + over, insert: text }, selection: { anchor: from + text.length }, annotations: pickedCompletion.of(completion), userEvent: 'input.complete', scrollIntoView: true });
}

function closesPlace(view: EditorView, at: number): boolean {
  return view.state.sliceDoc(at, at + 2) === '}}';
}

/** The explanation stands below the list as in the drawing, above it where there is no room. */
function below(_view: EditorView, list: Rect, _option: Rect, info: Rect, space: Rect): { style?: string; class?: string } {
  const height = info.bottom - info.top;
  const fits = list.bottom + height <= space.bottom;
  return { style: `left: -1px; top: ${fits ? list.bottom - list.top - 1 : -height}px` };
}
