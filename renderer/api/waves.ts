import { useEffect } from 'react';
import { waves } from '../model/wave-store.ts';
import { host } from './host.ts';

const AGAIN_MS = 1000;
let readers = 0;
let stop: AbortController | null = null;

/** Keeps the waves fresh while any component shows them; a pipe that broke is opened again. */
export function useWaves(): void {
  useEffect(() => {
    readers += 1;
    if (stop === null) {
      stop = new AbortController();
      void follow(stop.signal);
    }
    return () => {
      readers -= 1;
      if (readers > 0) return;
      stop?.abort();
      stop = null;
    };
  }, []);
}

async function follow(signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      for await (const event of await host.firmware.watch(undefined, { signal })) {
        if (signal.aborted) return;
        waves.apply(event);
      }
    } catch {
      // The frame says that the host is gone; the last rows stay as they are until it is back.
    }
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
}
