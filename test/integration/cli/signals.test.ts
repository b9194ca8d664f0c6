import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { controlPath } from '../../../main/cli/folders.ts';
import { CLI, temporaryFolder } from '../../support/bench-process.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => { folder = await temporaryFolder(); });
afterEach(() => folder.remove());

it('a command that waits for a bench which says nothing ends with the second Ctrl C, and not with the first that came twice', async () => {
  const bench = createServer();
  const sockets = new WebSocketServer({ server: bench });
  bench.listen(controlPath(folder.path));
  const command = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', CLI, 'status', '--data', folder.path], { stdio: 'ignore' });
  const ended = once(command, 'exit');
  await once(sockets, 'connection');
  command.kill('SIGINT');
  command.kill('SIGTERM');
  await wait(500);
  expect(command.exitCode ?? command.signalCode).toBeNull();
  const again = setInterval(() => command.kill('SIGINT'), 1_200);
  expect(await ended).toEqual([null, 'SIGINT']);
  clearInterval(again);
  sockets.close();
  for (const socket of sockets.clients) socket.terminate();
  await new Promise((closed) => bench.close(closed));
});
