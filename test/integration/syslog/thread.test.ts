import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createSyslogServer } from '../../../main/servers/syslog/server.ts';
import { connectRaw } from '../../support/http/clients.ts';
import { quietPort } from '../../support/ports.ts';
import { hearSyslog, RECEIVER, type Heard } from '../../support/syslog/heard.ts';

const quiet = { lines: () => true, observe: () => undefined, changed: () => undefined };

/**
 * Another process sends: what blocks this one must not slow it down. It waits while more than 60 KB lie unread in the buffer of
 * the port (the second half of `tx_queue:rx_queue` in Linux's table), so that a thread that is late for a moment loses nothing,
 * and one that does not read at all gets no more than a buffer full.
 */
const SENDER = `
const { readFileSync } = require('node:fs');
const socket = require('node:dgram').createSocket('udp4');
const [port, count] = process.argv.slice(1).map(Number);
const own = ':' + port.toString(16).toUpperCase().padStart(4, '0') + ' ';
const unread = () => {
  if (process.platform !== 'linux') return 0;
  const row = readFileSync('/proc/net/udp', 'latin1').split('\\n').find((line) => line.slice(0, 24).includes(own)) ?? '';
  return parseInt(/[0-9A-F]{8}:([0-9A-F]{8})/.exec(row.slice(24))?.[1] ?? '0', 16);
};
socket.connect(port, '127.0.0.1', () => {
  let sent = 0;
  const timer = setInterval(() => {
    if (unread() > 60_000) return;
    for (let n = 0; n < 50 && sent < count; n += 1) socket.send('<13>line ' + sent++);
    if (sent === count) { clearInterval(timer); setTimeout(() => socket.close(), 100); }
  }, 2);
});`;

let bench: Heard | null = null;
afterEach(async () => {
  await bench?.server.stop();
  bench = null;
});

describe('a thread of its own', () => {
  it('hears UDP and TCP like the same thread', async () => {
    bench = await hearSyslog({ thread: true });
    expect(bench.status).toMatchObject({ state: 'listening', address: '127.0.0.1' });
    expect(bench.tcp).toBe(bench.udp);
    const client = await connectRaw(bench.tcp);
    client.write('<165>Nov 22 13:16:39 edge proc[10]: over TCP\n');
    await bench.heard(1);
    const sender = spawn(process.execPath, ['-e', SENDER, String(bench.udp), '1']);
    await once(sender, 'exit');
    const [tcp, udp] = await bench.heard(2);
    expect(tcp).toMatchObject({ facility: 20, severity: 5, host: 'edge', app: 'proc', text: 'proc[10]: over TCP', transport: 'tcp', peer: { address: '127.0.0.1' } });
    expect(udp).toMatchObject({ facility: 1, severity: 5, host: null, app: null, text: 'line 0', transport: 'udp' });
    client.socket.destroy();
  });

  it('loses nothing while the bench is busy for seconds, more than the buffer of any system holds', async () => {
    // The smallest buffer that a system grants: what this machine grants more must not help.
    bench = await hearSyslog({ thread: true, limits: { receiveBuffer: 212_992 } });
    const sender = spawn(process.execPath, ['-e', SENDER, String(bench.udp), '20000']);
    const gone = once(sender, 'exit');
    await bench.heard(1);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2_500);
    await gone;
    await bench.heard(20_000);
    expect(bench.server.status().figures).toMatchObject({ lost: 0, dropped: 0 });
  });

  it('gives what it held when it is stopped, without waiting for its next batch', async () => {
    bench = await hearSyslog({ thread: true, limits: { batchMs: 60_000 } });
    const clients = await Promise.all(Array.from({ length: 20 }, () => connectRaw(bench?.tcp ?? 0)));
    for (const client of clients) client.write('<13>whole\n');
    while (bench.server.status().figures['lines'] !== 20) await wait(10);
    const stopped = bench.server.stop().then(() => 'stopped');
    expect(await Promise.race([stopped, wait(30_000, 'late', { ref: false })])).toBe('stopped');
    expect(bench.lines).toHaveLength(20);
  });

  it('says that the ports are taken', async () => {
    bench = await hearSyslog({ thread: true });
    const second = createSyslogServer({ address: '127.0.0.1', port: bench.udp, workerFile: RECEIVER }, quiet, () => Date.now());
    expect(await second.start()).toMatchObject({ state: 'failed', port: null, tcpPort: null, error: { code: 'server.port-taken-unknown' } });
    await second.stop();
  });

  it('that dies is told, and started again on the same ports', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dialbench-receiver-'));
    const file = join(folder, 'mortal.mjs');
    // Dies once, of its first line; the second life is the real one.
    writeFileSync(file, `import { existsSync, writeFileSync } from 'node:fs';
const mark = ${JSON.stringify(join(folder, 'died'))};
await import(${JSON.stringify(RECEIVER.href)});
if (!existsSync(mark)) setTimeout(() => { writeFileSync(mark, ''); throw new Error('out of memory'); }, 300);
`);
    const seen: string[] = [];
    const lines: string[] = [];
    const needs = { ...quiet, lines: (batch: readonly { readonly text: string }[]) => { lines.push(...batch.map((line) => line.text)); return true; } };
    const chosen = await quietPort();
    const server = createSyslogServer({ address: '127.0.0.1', port: chosen, workerFile: new URL(`file://${file}`) }, { ...needs, changed: () => { seen.push(server.status().error?.code ?? server.status().state); } }, () => Date.now());
    const { port } = await server.start();
    expect(port).toBe(chosen);
    while (!seen.includes('syslog.thread-stopped')) await wait(20);
    while (server.status().state !== 'listening') await wait(20);
    expect(server.status()).toMatchObject({ port, tcpPort: port, error: null });
    const client = await connectRaw(port ?? 0);
    client.socket.end('<13>second life\n');
    while (lines.length === 0) await wait(20);
    expect(lines).toEqual(['second life']);
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });
});
