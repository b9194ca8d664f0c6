import { parseArgs } from 'node:util';
import { failed } from '../../common/values/failure.ts';
import type { Ipv4 } from '../../common/values/ip.ts';
import { openBench } from '../../main/app/bench.ts';
import { controlPath } from '../../main/cli/folders.ts';
import { installedFiles } from '../../main/cli/installed.ts';
import { startControl } from '../../main/headless/control.ts';
import type { HostPorts } from './bench.ts';

/*
 * The bench of the soak, a process of its own. It is what `serve --demo` runs: every server on loopback, DHCP by unicast, so
 * that phones have addresses and web pages of their own and are seen to restart. Other than there the workspace is given, and
 * outlives kill -9.
 */
const { values } = parseArgs({ options: { data: { type: 'string' }, ports: { type: 'string' } } });
const folder = values.data ?? '';
const ports = JSON.parse(values.ports ?? '{}') as HostPorts;
const ended = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => ended.abort());

const opened = await openBench(
  {
    ...installedFiles(), folder, now: Date.now, secrets: { kind: 'key-file' }, serve: true, demo: true, card: null,
    address: '127.0.0.1' as Ipv4, ports: { ...ports, cwmp: 'off' }, dhcp: { start: true, pool: null, policy: 'phones', stopAfter: null },
    tftpSinglePort: false, adopt: 'enrolled',
  },
  { status: () => ({ running: false, phones: [], ends: false }), start: () => Promise.resolve(failed('demo.no-screen')), stop: () => Promise.resolve() },
);
if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
const bench = opened.value;
const control = await startControl(controlPath(folder), bench.router);
await bench.ready;
const now = Object.fromEntries(bench.servers().map(({ name, port }) => [name, port ?? 0]));
process.stdout.write(`${JSON.stringify({ pid: process.pid, ports: now })}\n`);
if (!ended.signal.aborted) await new Promise((done) => ended.signal.addEventListener('abort', done, { once: true }));
await control.close();
await bench.stop();
