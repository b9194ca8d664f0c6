import { setTimeout as wait } from 'node:timers/promises';

/** Repeats an expectation until it holds, for at most `limitMs`; then fails with its own last complaint. */
export async function eventually(expectation: () => Promise<void> | void, limitMs = 90_000): Promise<void> {
  const end = Date.now() + limitMs;
  for (;;) {
    try {
      await expectation();
      return;
    } catch (error) {
      if (Date.now() >= end) throw error;
      await wait(100);
    }
  }
}
