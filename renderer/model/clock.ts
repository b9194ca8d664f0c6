import { useSyncExternalStore } from 'react';
import { bench } from './bench.ts';

const STEP_MS = 1000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | null = null;
let second = 0;

/** The host's wall clock, whole seconds in milliseconds; one timer for all who watch it. */
export function useHostClock(): number {
  return useSyncExternalStore(subscribe, read);
}

function read(): number {
  if (timer === null) second = Math.floor(bench.hostNow() / STEP_MS) * STEP_MS;
  return second;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    second = Math.floor(bench.hostNow() / STEP_MS) * STEP_MS;
    for (const each of listeners) each();
  }, STEP_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
}
