import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { done, failed, type Result } from '../../common/values/failure.ts';
import { openStage } from '../app/demo/stage.ts';
import { readFlags } from '../cli/flags.ts';
import { defaultFolder, controlPath, fromHere } from '../cli/folders.ts';
import { installedFiles } from '../cli/installed.ts';
import { readServeOptions, SERVE_FLAGS } from '../cli/serve-options.ts';
import { secretSource } from '../cli/secret-source.ts';
import { startControl } from '../headless/control.ts';
import { attend, type Attended } from './attend.ts';

/** The bench process of the desktop app: the same bench as `dialbench serve`, reached by MessagePorts instead of a browser. */
await attend(process.parentPort, open, {
  language: process.env['DIALBENCH_LANGUAGE'] === 'fr' ? 'fr' : 'en',
  end: (code) => process.exit(code),
});

async function open(): Promise<Result<Attended>> {
  const asked = readOptions();
  if (!asked.ok) return asked;
  const { data, ...options } = asked.value;
  const folder = options.demo ? await mkdtemp(join(tmpdir(), 'dialbench-demo-')) : fromHere(data ?? defaultFolder());
  const leaveNoTrace = async (): Promise<void> => {
    if (options.demo) await rm(folder, { recursive: true, force: true });
  };
  const opened = await openStage({ ...installedFiles(), ...options, folder, now: Date.now, secrets: secretSource(), serve: true });
  if (!opened.ok) {
    await leaveNoTrace();
    return opened;
  }
  const stage = opened.value;
  // The command line reaches a workspace that a window has open, as it reaches one that is served.
  const control = await startControl(controlPath(folder), stage.bench.router);
  return done({
    router: () => stage.router(),
    onSwitch: (listener) => stage.onSwitch(listener),
    stop: async () => {
      await control.close();
      await stage.stop();
      await leaveNoTrace();
    },
  });
}

/** The command line throws a wrong flag as its sentence for the terminal; here it is told in a box. */
function readOptions(): Result<ReturnType<typeof readServeOptions> & { readonly data: string | undefined }> {
  try {
    const flags = readFlags(process.argv.slice(2), SERVE_FLAGS);
    return done({ ...readServeOptions(flags), data: flags.text('data') });
  } catch (error) {
    return failed('desktop.wrong-flag', { text: error instanceof Error ? error.message : String(error) });
  }
}
