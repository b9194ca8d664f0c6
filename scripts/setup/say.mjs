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
    const sentence = error instanceof Trouble ? error.message : unwritable(error);
    if (sentence === null) throw error;
    say(sentence);
    process.exitCode = 3;
  }
}

/** A folder of somebody else or a full disk is not our bug. */
function unwritable(error) {
  const path = error?.path ?? 'a file';
  if (error?.code === 'EACCES' || error?.code === 'EPERM' || error?.code === 'EROFS') return `${path} cannot be written: run this as the owner of this folder, or in a copy of your own.`;
  return error?.code === 'ENOSPC' ? `The disk is full: free some space (${path} could not be written) and run this again.` : null;
}

/** Says that a long step still runs, every ten seconds unless told otherwise, until the returned function is called. */
export function heartbeat(what, detail = () => '', everyMs = 10_000) {
  const began = Date.now();
  const timer = setInterval(() => {
    const more = detail();
    say(`… still ${what}, ${Math.round((Date.now() - began) / 1000)} s${more === '' ? '' : `, ${more}`}`);
  }, everyMs);
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
