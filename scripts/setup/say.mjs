// What the set-up says to a person: short lines on stderr, and one sentence when it cannot go on.

/** Something a person can put right. Its message is one sentence that says what to do. */
export class Trouble extends Error {}

export function say(text) {
  process.stderr.write(`${text}\n`);
}

/** Runs a command's main function: its number is the exit code, a Trouble is one sentence and code 3. */
export async function guarded(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    say(error.message);
    process.exitCode = 3;
  }
}

/** Says that a long step still runs, every ten seconds, until the returned function is called. */
export function heartbeat(what, detail = () => '') {
  const began = Date.now();
  const timer = setInterval(() => {
    const more = detail();
    say(`… still ${what}, ${Math.round((Date.now() - began) / 1000)} s${more === '' ? '' : `, ${more}`}`);
  }, 10_000);
  timer.unref();
  return () => clearInterval(timer);
}

/** Asks once at the terminal; anything but a clear yes is a no. */
export async function ask(question) {
  const { createInterface } = await import('node:readline/promises');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^\s*(y|yes|j|ja|o|oui)\s*$/i.test(await terminal.question(`${question} [y/N] `));
  } finally {
    terminal.close();
  }
}
