import { createHash } from 'node:crypto';
import { homedir, tmpdir } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';

/** A path as typed: relative ones start where the person typed, which npm hides behind INIT_CWD. */
export function fromHere(path: string): string {
  return isAbsolute(path) ? path : resolve(process.env['INIT_CWD'] ?? process.cwd(), path);
}

/** The workspace of a person who named none. */
export function defaultFolder(): string {
  if (process.platform === 'win32') return join(process.env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'dialbench');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'dialbench');
  return join(process.env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'dialbench');
}

/** Longest path of a Unix socket that every system takes (macOS: 104 bytes with the closing NUL). */
const LONGEST_SOCKET = 103;

/** Where the running bench of a workspace listens for the command line. */
export function controlPath(folder: string): string {
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  if (process.platform === 'win32') return `\\\\.\\pipe\\dialbench-${name}`;
  const inside = join(folder, 'control.sock');
  return Buffer.byteLength(inside) <= LONGEST_SOCKET ? inside : join(tmpdir(), `dialbench-${name}.sock`);
}
