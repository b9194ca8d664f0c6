// Network namespaces, cards and nft tables of the tests are called `dialbench…` with the number of the process that made them;
// what a broken-off run left is removed, what a running one uses is not.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const PREFIX = 'dialbench';

/** Synchronous, so that it also runs in an exit handler. */
export function removeTestNetworks() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return;
  for (const name of lines('ip', ['netns', 'list']).map((line) => line.split(' ')[0] ?? '')) {
    if (!isLeftOver(name)) continue;
    for (const pid of lines('ip', ['netns', 'pids', name])) endProcess(Number(pid));
    spawnSync('ip', ['netns', 'delete', name], { timeout: 5000 });
  }
  for (const line of lines('nft', ['list', 'tables'])) {
    const [, family, name] = line.split(' ');
    if (name !== undefined && isLeftOver(name)) spawnSync('nft', ['delete', 'table', family, name], { timeout: 5000 });
  }
  for (const line of lines('ip', ['-o', 'link', 'show'])) {
    const name = /^\d+: (dialbench[^:@]*)/.exec(line)?.[1];
    if (name !== undefined && isLeftOver(name)) spawnSync('ip', ['link', 'delete', name], { timeout: 5000 });
  }
}

/** Ours, and no process whose number is in the name is alive. */
function isLeftOver(name) {
  if (!name.startsWith(PREFIX)) return false;
  return !(name.match(/\d+/g) ?? []).some((digits) => digits.length > 2 && existsSync(`/proc/${Number(digits)}`));
}

function lines(command, args) {
  const { stdout } = spawnSync(command, args, { encoding: 'utf8', timeout: 5000 });
  return (stdout ?? '').split('\n').map((line) => line.trim()).filter(Boolean);
}

function endProcess(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}
