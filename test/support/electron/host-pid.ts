import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The process that has the workspace open, as it says itself; 0 while it is nobody, or still the one that was `before`. */
export function hostPid(folder: string, before = 0): number {
  try {
    const { pid } = JSON.parse(readFileSync(join(folder, 'owner.json'), 'utf8')) as { readonly pid: number };
    return pid === before ? 0 : pid;
  } catch {
    return 0;
  }
}
