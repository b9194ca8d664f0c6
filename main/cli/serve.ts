import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sentence } from '../../common/contract/sentences/sentence.ts';
import type { Bench } from '../app/bench.ts';
import { openStage, type Stage } from '../app/demo/stage.ts';
import { startControl } from '../headless/control.ts';
import { startHeadless } from '../headless/host.ts';
import { couldNotRun, wrongUsage, type ExitCode } from './exit.ts';
import { readFlags } from './flags.ts';
import { controlPath, defaultFolder, fromHere } from './folders.ts';
import { installedFiles } from './installed.ts';
import type { CommandIo } from './io.ts';
import { readServeOptions, readUi, SERVE_FLAGS } from './serve-options.ts';
import { secretSource } from './secret-source.ts';
import { serverMap } from './status.ts';

/** What has to be closed when the bench stops, newest first. */
type Closers = (() => Promise<unknown>)[];

/** `dialbench serve …`: the bench without a window, until SIGINT or SIGTERM. One ready line on stdout. */
export async function serveCommand(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const flags = readFlags(args, SERVE_FLAGS);
  const extra = flags.words[0];
  if (extra !== undefined) throw wrongUsage(`serve takes flags only, not ${JSON.stringify(extra)}.`);
  const options = readServeOptions(flags);
  const ui = readUi(flags);
  const closers: Closers = [];
  try {
    const folder = await workspaceFolder(flags.text('data'), options.demo, closers);
    const opened = await openStage({ ...installedFiles(), ...options, folder, now: Date.now, secrets: secretSource(), serve: true });
    if (!opened.ok) {
      const text = sentence(opened.failure.code, opened.failure.params);
      throw /^(?:workspace|crypto)\./.test(opened.failure.code) ? couldNotRun(text) : wrongUsage(text);
    }
    const stage = opened.value;
    const { bench } = stage;
    closers.push(() => stage.stop());
    const control = await startControl(controlPath(folder), bench.router);
    closers.push(() => control.close());
    const url = ui === null ? null : await openUi(ui, stage, folder, closers);
    await bench.ready;
    if (!io.signal.aborted) io.stdout.write(`${JSON.stringify(readyLine(bench, url))}\n`);
    await aborted(io.signal);
    return 0;
  } finally {
    for (const close of closers.reverse()) await close().catch((error: unknown) => io.stderr.write(`${String(error)}\n`));
  }
}

function readyLine(bench: Bench, ui: string | null): unknown {
  return { ready: true, pid: process.pid, ui, servers: serverMap(bench.servers()) };
}

async function openUi(ui: { address: string; port: number }, stage: Stage, folder: string, closers: Closers): Promise<string> {
  const { pages } = installedFiles();
  const built = await stat(join(pages, 'index.html')).catch(() => null);
  if (!built) throw couldNotRun('The user interface is not built. Run: npm run build');
  const host = await startHeadless({ ...ui, pages, incoming: join(folder, 'incoming') }, stage.router).catch((error: unknown) => {
    throw couldNotRun(`--ui ${ui.address}:${ui.port} could not be opened: ${error instanceof Error ? error.message : String(error)}`);
  });
  stage.onSwitch(() => host.reconnect());
  closers.push(() => host.close());
  return host.url;
}

/** The demo's workspace is temporary and leaves no trace. */
async function workspaceFolder(data: string | undefined, demo: boolean, closers: Closers): Promise<string> {
  if (!demo) return fromHere(data ?? defaultFolder());
  if (data !== undefined) throw wrongUsage('--demo uses a workspace of its own: leave --data out.');
  const folder = await mkdtemp(join(tmpdir(), 'dialbench-demo-'));
  closers.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((done) => signal.addEventListener('abort', () => done(), { once: true }));
}
