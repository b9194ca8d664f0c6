import { Signal } from './signal.ts';

export interface Toast {
  readonly id: number;
  readonly text: string;
  readonly tone: 'quiet' | 'ok' | 'attention';
  readonly undo?: () => void;
}

const SHOWN_MS = 5000;

/** Confirms what the hand just did, for 5 s; nothing that matters is said only here. */
export const toasts = new Signal<readonly Toast[]>([]);
let lastId = 0;

export function showToast(text: string, options: { readonly tone?: Toast['tone']; readonly undo?: () => void } = {}): void {
  lastId += 1;
  const toast: Toast = { id: lastId, text, tone: options.tone ?? 'quiet', ...(options.undo ? { undo: options.undo } : {}) };
  toasts.set([...toasts.get(), toast].slice(-3));
  setTimeout(() => closeToast(toast.id), SHOWN_MS);
}

export function closeToast(id: number): void {
  toasts.set(toasts.get().filter((toast) => toast.id !== id));
}
