// Child processes of the scripts: bounded, and ended together with the script.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

const running = new Set();
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };

/**
 * Runs a program to its end.
 * @returns its exit code, `null` where it could not be started or was killed, and what it wrote if `output` is `keep` or `keep-stdout`.
 */
export function run(command, args, { output = 'show', limitMs = 0, env = {}, cwd = root } = {}) {
  return new Promise((resolve) => {
    const stdio = { show: 'inherit', 'keep-stdout': ['ignore', 'pipe', 'inherit'] }[output] ?? ['ignore', 'pipe', 'pipe'];
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio, shell: process.platform === 'win32' && /\.cmd$/.test(command) });
    running.add(child);
    let stdout = '';
    let text = '';
    child.stdout?.on('data', (chunk) => {
      stdout += chunk;
      text += chunk;
    });
    child.stderr?.on('data', (chunk) => {
      text += chunk;
    });
    const timer = limitMs > 0 ? setTimeout(() => child.kill('SIGKILL'), limitMs) : undefined;
    const end = (code, signal) => {
      clearTimeout(timer);
      running.delete(child);
      resolve({ code, signal, stdout, text });
    };
    child.once('error', (error) => {
      text += error.message;
      end(null, null);
    });
    child.once('close', end);
  });
}

/** Lets a signal reach the running programs first, and then runs the clean-up, on every way out. */
export function onEveryExit(cleanUp) {
  let ended = false;
  const once = () => {
    if (ended) return;
    ended = true;
    cleanUp();
  };
  process.once('exit', once);
  for (const signal of SIGNALS) {
    process.once(signal, () => {
      for (const child of running) child.kill(signal === 'SIGINT' ? 'SIGTERM' : signal);
      const finish = () => process.exit(EXIT_CODES[signal]);
      const end = Date.now() + 5000;
      const poll = setInterval(() => {
        if (running.size > 0 && Date.now() < end) return;
        clearInterval(poll);
        for (const child of running) child.kill('SIGKILL');
        finish();
      }, 50);
    });
  }
}

export async function has(program) {
  const { code } = await run(process.platform === 'win32' ? 'where' : 'which', [program], { output: 'keep', limitMs: 10_000 });
  return code === 0;
}
