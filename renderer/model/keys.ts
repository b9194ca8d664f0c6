import { useEffect, useRef } from 'react';
import { endsBurst, HOLD_MS, QUIET, ripe, typed, type BurstState } from './key-burst.ts';

/** `v`, `shift+R`, `/`, `?`, `1`, `Escape`, `mod+k` (Ctrl, on macOS Cmd), `ctrl+.` (Ctrl everywhere). */
export type KeyName = string;
export type KeyMap = Readonly<Record<KeyName, () => void>>;

interface Layer {
  readonly keys: () => KeyMap;
  /** Belongs to an open dialog: while one is open, no other layer acts. */
  readonly dialog: boolean;
}

/** Keys that go from one to the next: held down, they go on. */
const STEPS: ReadonlySet<KeyName> = new Set(['F8', 'shift+F8', 'F6', 'shift+F6']);

const layers: Layer[] = [];
let burst: BurstState = QUIET;

/** Keys that act while the component is on screen and active; the layer that came last and knows a key has it. */
export function useKeys(keys: KeyMap, { active = true, dialog = false }: { readonly active?: boolean; readonly dialog?: boolean } = {}): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    if (!active) return undefined;
    const layer: Layer = { keys: () => latest.current, dialog };
    layers.push(layer);
    return () => {
      layers.splice(layers.indexOf(layer), 1);
    };
  }, [active, dialog]);
}

/** Listens on the window for as long as the application runs. */
export function startKeys(target: Window): () => void {
  const mac = /Mac|iPhone|iPad/.test(target.navigator.platform);
  let menuWasOpen = false;
  const onKey = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    // When the key was pressed, not when a busy page came to it: a hand must never look like a scanner.
    const at = event.timeStamp;
    const printable = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.repeat && heldDown(event, mac, printable)) return;
    if (printable && !inTextField(pressedIn(event))) {
      // Space presses the focused control; it is a key of ours only where nothing can be pressed.
      burst = typed(burst, keyName(event, mac), at);
      const name = keyName(event, mac);
      if (burst.held === null || (find(name) && !(event.key === ' ' && onControl(event.target)))) event.preventDefault();
      else if (event.key === ' ') burst = { ...burst, held: null };
      if (burst.held !== null) target.setTimeout(settle, HOLD_MS + 1);
      return;
    }
    if (event.defaultPrevented) return;
    const name = keyName(event, mac);
    if (inTextField(pressedIn(event)) && !/^(mod|ctrl)\+|^(shift\+)?F\d/.test(name) && name !== 'Escape') return;
    if (name === 'Escape' && menuWasOpen) return;
    const act = find(name);
    if (!act) return;
    event.preventDefault();
    act();
  };
  target.addEventListener('keydown', onKey, { capture: false });
  // The end of a scan must be caught before a focused button sees it; a menu that Escape closes is gone when the key comes back up.
  const onCapture = (event: KeyboardEvent) => {
    menuWasOpen = document.querySelector('[role="menu"]') !== null;
    if (event.key === 'Enter' && !inTextField(pressedIn(event)) && endsBurst(burst, event.timeStamp)) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  };
  target.addEventListener('keydown', onCapture, { capture: true });
  return () => {
    target.removeEventListener('keydown', onKey);
    target.removeEventListener('keydown', onCapture, { capture: true });
  };
}

/**
 * A key that is held down acts once: neither a second resync nor a dialog behind the one that it closed. Repeats are no
 * scan either, although they come as fast. True where nothing more is to be done with it.
 */
function heldDown(event: KeyboardEvent, mac: boolean, printable: boolean): boolean {
  if (printable && inTextField(pressedIn(event))) return false;
  const name = keyName(event, mac);
  if (STEPS.has(name)) return false;
  if (find(name) && !(event.key === ' ' && onControl(event.target))) event.preventDefault();
  return true;
}

/** Letters as they are written in the key map; layouts that need Shift for `/` or `?` still work. */
export function keyName(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>, mac: boolean): KeyName {
  const modified = mac ? event.metaKey : event.ctrlKey;
  if (event.ctrlKey && event.key === '.') return 'ctrl+.';
  const letter = /^\p{L}$/u.test(event.key);
  const key = letter ? event.key.toLowerCase() : event.key;
  const shift = event.shiftKey && (letter || event.key.length > 1) ? 'shift+' : '';
  return `${modified ? 'mod+' : ''}${shift}${shift && letter ? key.toUpperCase() : key}`;
}

function settle(): void {
  const result = ripe(burst, performance.now());
  burst = result.state;
  if (result.act === null) return;
  find(result.act)?.();
}

function find(name: KeyName): (() => void) | undefined {
  const modal = name !== 'ctrl+.' && dialogOpen();
  for (const layer of layers.toReversed()) {
    if (modal && !layer.dialog) continue;
    const act = layer.keys()[name];
    if (act) return act;
  }
  return undefined;
}

/** The template editor lives in a shadow tree, from which events come out as its host element. */
function pressedIn(event: KeyboardEvent): EventTarget | null {
  return event.composedPath()[0] ?? event.target;
}

function inTextField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit', 'range', 'file'].includes(target.type);
}

function onControl(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('button, a, input, summary, [role="tab"], [role="menuitem"]') !== null;
}

function dialogOpen(): boolean {
  return document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
}
