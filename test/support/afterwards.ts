import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';

const stops: (() => unknown)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
});

/** Done after the test, whatever its end, before what was there earlier is stopped. */
export function afterwards(stop: () => unknown): void {
  stops.push(stop);
}

/** A new empty folder that is gone after the test. */
export async function scratchFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dialbench-test-'));
  afterwards(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
