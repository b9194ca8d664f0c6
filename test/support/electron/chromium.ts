import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export type Parameters = Readonly<Record<string, unknown>>;
type Listener = (parameters: Parameters, session: string) => void;

/** A headless Chromium and the DevTools connection to it. */
export interface Chromium {
  send(method: string, parameters?: Parameters, session?: string): Promise<Parameters>;
  on(method: string, listener: Listener): void;
  /** Says where it listens, as Playwright waits for it: from then on it asks for `require('electron')`. */
  announce(): void;
  kill(): void;
}

const SWITCHES = ['--headless=new', '--no-startup-window', '--no-first-run', '--disable-gpu', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-extensions', '--remote-debugging-port=0'];

/** Starts Chromium without a window. */
export async function startChromium(switches: readonly string[]): Promise<Chromium> {
  const profile = mkdtempSync(join(tmpdir(), 'dialbench-stand-in-'));
  const program = process.env['DIALBENCH_CHROMIUM'] ?? '/usr/bin/chromium';
  const child = spawn(program, [...SWITCHES, ...switches, `--user-data-dir=${profile}`], { stdio: ['ignore', 'ignore', 'pipe'] });
  const kill = (): void => {
    child.kill('SIGKILL');
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  };
  process.once('exit', kill);
  const lines = createInterface({ input: child.stderr });
  const address = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error(`${program} ended at once`)));
    lines.on('line', (line) => {
      const found = /^DevTools listening on (ws:\/\/.*)$/.exec(line)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  return connect(address, kill);
}

async function connect(address: string, kill: () => void): Promise<Chromium> {
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true });
    socket.addEventListener('error', () => reject(new Error('no DevTools connection')), { once: true });
  });
  const answers = new Map<number, PromiseWithResolvers<Parameters>>();
  const listeners = new Map<string, Listener[]>();
  let last = 0;
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data)) as {
      readonly id?: number;
      readonly method?: string;
      readonly params?: Parameters;
      readonly result?: Parameters;
      readonly error?: { readonly message: string };
      readonly sessionId?: string;
    };
    if (message.id === undefined) {
      for (const listener of listeners.get(message.method ?? '') ?? []) listener(message.params ?? {}, message.sessionId ?? '');
      return;
    }
    const answer = answers.get(message.id);
    answers.delete(message.id);
    if (message.error !== undefined) answer?.reject(new Error(message.error.message));
    else answer?.resolve(message.result ?? {});
  });
  return {
    kill,
    announce: () => void process.stderr.write(`DevTools listening on ${address}\n`),
    on: (method, listener) => void listeners.set(method, [...(listeners.get(method) ?? []), listener]),
    send: (method, parameters = {}, session) => {
      const id = ++last;
      const answer = Promise.withResolvers<Parameters>();
      answers.set(id, answer);
      socket.send(JSON.stringify({ id, method, params: parameters, ...(session === undefined ? {} : { sessionId: session }) }));
      return answer.promise;
    },
  };
}
