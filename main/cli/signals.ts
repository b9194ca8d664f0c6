const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** One press of Ctrl C may arrive several times: from the terminal, from npm, from the script that started this. */
const ONE_PRESS_MS = 1_000;
/** A command that has not ended by then waits for something that does not hear of it. Closing a workspace takes 10 s at most. */
const LIMIT_MS = 20_000;

/** Aborts at the first signal; a second one, or 20 s, ends the process as if nobody had listened. */
export function whenAsked(): AbortSignal {
  const asked = new AbortController();
  let first = 0;
  for (const name of SIGNALS) {
    process.on(name, () => {
      if (asked.signal.aborted) {
        if (performance.now() - first > ONE_PRESS_MS) endBy(name);
        return;
      }
      first = performance.now();
      asked.abort();
      setTimeout(endBy, LIMIT_MS, name).unref();
    });
  }
  return asked.signal;
}

function endBy(name: NodeJS.Signals): void {
  process.removeAllListeners(name);
  process.kill(process.pid, name);
}
