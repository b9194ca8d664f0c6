// Network namespaces and nft tables of the tests carry the prefix `dialbench`; whatever a broken-off run left is removed.
import { spawnSync } from 'node:child_process';

const PREFIX = 'dialbench';

/** Synchronous, so that it also runs in an exit handler. */
export function removeTestNetworks() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return;
  for (const name of lines('ip', ['netns', 'list']).map((line) => line.split(' ')[0] ?? '')) {
    if (!name.startsWith(PREFIX)) continue;
    for (const pid of lines('ip', ['netns', 'pids', name])) endProcess(Number(pid));
    spawnSync('ip', ['netns', 'delete', name], { timeout: 5000 });
  }
  for (const line of lines('nft', ['list', 'tables'])) {
    const [, family, name] = line.split(' ');
    if (name?.startsWith(PREFIX)) spawnSync('nft', ['delete', 'table', family, name], { timeout: 5000 });
  }
  for (const line of lines('ip', ['-o', 'link', 'show'])) {
    const name = /^\d+: (dialbench[^:@]*)/.exec(line)?.[1];
    if (name !== undefined) spawnSync('ip', ['link', 'delete', name], { timeout: 5000 });
  }
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
