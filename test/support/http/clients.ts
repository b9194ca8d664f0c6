import { execFile, spawnSync } from 'node:child_process';
import { connect, type Socket } from 'node:net';

export interface Ran {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Runs a client to its end; a minute at most. */
export function run(program: string, args: readonly string[], input?: Uint8Array): Promise<Ran> {
  return new Promise((resolve) => {
    const child = execFile(program, args, { timeout: 60_000, encoding: 'buffer', maxBuffer: 256 * 1024 * 1024 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr: stderr.toString() });
    });
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

/** True when the program is on this machine; otherwise one visible line, so that a skip is never silent. */
export function have(program: string, probe: readonly string[] = ['--version']): boolean {
  const found = spawnSync(program, probe, { stdio: 'ignore', timeout: 30_000 }).error === undefined;
  if (!found) console.warn(`skipped: ${program} is not on this machine`);
  return found;
}

/** A bare TCP connection, for clients that no decent program plays. */
export interface RawClient {
  readonly socket: Socket;
  write(text: string | Uint8Array): void;
  /** Everything received so far. */
  received(): string;
  /** Resolves when the connection is closed, by whomever. */
  readonly closed: Promise<void>;
}

export async function connectRaw(port: number, options: { readonly reads?: boolean; readonly allowHalfOpen?: boolean } = {}): Promise<RawClient> {
  const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: options.allowHalfOpen ?? false });
  let text = '';
  socket.on('error', () => undefined);
  if (options.reads !== false) socket.on('data', (chunk) => { text += chunk.toString('latin1'); });
  const closed = new Promise<void>((resolve) => { socket.once('close', () => { resolve(); }); });
  await new Promise<void>((resolve) => { socket.once('connect', () => { resolve(); }); });
  return { socket, write: (bytes) => { socket.write(bytes); }, received: () => text, closed };
}
