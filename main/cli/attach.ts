import { createRouterClient } from '@orpc/server';
import { existsSync } from 'node:fs';
import type { BenchClient } from '../../common/contract/contract.ts';
import { sentence } from '../../common/contract/sentences/sentence.ts';
import { failed } from '../../common/values/failure.ts';
import { openBench } from '../app/bench.ts';
import type { DemoDoor } from '../app/demo/door.ts';
import { connectControl } from '../headless/control.ts';
import { CommandEnd, couldNotRun, type ExitCode } from './exit.ts';
import type { Flags } from './flags.ts';
import { controlPath, defaultFolder, fromHere } from './folders.ts';
import { installedFiles } from './installed.ts';
import { secretSource } from './secret-source.ts';

export interface Attached {
  readonly client: BenchClient;
  /** True when a running bench answers; false when this command opened the workspace itself. */
  readonly running: boolean;
  close(): Promise<void>;
}

/** The workspace's contract: of the bench that serves it, or opened by this command when nobody does. */
export async function attach(folder: string): Promise<Attached> {
  const path = controlPath(folder);
  if (process.platform === 'win32' || existsSync(path)) {
    const running = await connectControl(path).catch(() => null);
    if (running) {
      return {
        client: running.client,
        running: true,
        close: () => {
          running.close();
          return Promise.resolve();
        },
      };
    }
  }
  const bench = await openBench({
    ...installedFiles(),
    folder,
    now: Date.now,
    secrets: secretSource(),
    serve: false,
    demo: false,
    card: null,
    address: null,
    ports: { dhcp: 'off', tftp: 'off', http: 'off', https: 'off', syslog: 'off', dns: 'off', sntp: 'off', cwmp: 'off' },
    dhcp: { start: false, pool: null, policy: 'phones', stopAfter: null },
    tftpSinglePort: false,
    adopt: null,
  }, NO_DEMO);
  if (!bench.ok) throw couldNotRun(sentence(bench.failure.code, bench.failure.params));
  return { client: createRouterClient(bench.value.router, { context: {} }), running: false, close: () => bench.value.stop() };
}

/**
 * Carries out one command on the workspace that `--data` names, or on the usual one, and lets go of it whatever happens.
 * @param answers codes of refusals that are the bench's answer (exit 1) and no breakdown
 */
export async function withClient(flags: Flags, work: (client: BenchClient) => Promise<ExitCode>, answers?: RegExp): Promise<ExitCode> {
  const { client, close } = await attach(fromHere(flags.text('data') ?? defaultFolder()));
  try {
    return await work(client);
  } catch (error) {
    if (error instanceof Error && answers?.test(codeOf(error)) === true) throw new CommandEnd(1, error.message);
    throw error;
  } finally {
    await close();
  }
}

/** Code of a refusal that came over the contract, empty for any other error. */
function codeOf(error: Error): string {
  const data = 'data' in error ? error.data : null;
  return typeof data === 'object' && data !== null && 'code' in data ? String(data.code) : '';
}

/** A command has no screen to show a demo on. */
const NO_DEMO: DemoDoor = {
  status: () => ({ running: false, phones: [], ends: false }),
  start: () => Promise.resolve(failed('demo.no-screen')),
  stop: () => Promise.resolve(),
};
