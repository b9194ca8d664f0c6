import { createSocket } from 'node:dgram';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { createSyslogServer } from '../../../main/servers/syslog/server.ts';
import { eventually } from '../../support/eventually.ts';
import { connectRaw, have, run } from '../../support/http/clients.ts';
import { quietPort } from '../../support/ports.ts';
import { hearSyslog, type Heard } from '../../support/syslog/heard.ts';

const logger = have('logger');

let bench: Heard | null = null;
afterEach(async () => {
  await bench?.server.stop();
  bench = null;
});
const open = async (...options: Parameters<typeof hearSyslog>): Promise<Heard> => (bench = await hearSyslog(...options));

function sendAll(port: number, datagrams: readonly (string | Uint8Array)[]): Promise<void> {
  const socket = createSocket('udp4');
  return new Promise((resolve, reject) => {
    let left = datagrams.length;
    for (const datagram of datagrams) {
      socket.send(datagram, port, '127.0.0.1', (error) => {
        if (error) reject(error);
        left -= 1;
        if (left === 0) socket.close(() => { resolve(); });
      });
    }
  });
}

describe.skipIf(!logger)('logger', () => {
  const say = (bench: Heard, ...args: string[]) => run('logger', ['-n', '127.0.0.1', '-P', String(bench.udp), ...args]);

  it('is heard over UDP in both of its forms', async () => {
    const bench = await open();
    await say(bench, '-d', '--rfc3164', '-t', 'phone', '-p', 'local0.err', 'Grüße');
    await say(bench, '-d', '--rfc5424', '-t', 'phone', '-p', 'local0.err', 'Grüße');
    const [old, modern] = await bench.heard(2);
    expect(old).toMatchObject({ facility: 16, severity: 3, app: 'phone', text: 'phone: Grüße', transport: 'udp', peer: { address: '127.0.0.1' } });
    expect(modern).toMatchObject({ facility: 16, severity: 3, app: 'phone', text: 'Grüße', transport: 'udp' });
  });

  it('is heard over TCP with both framings, on the number of UDP', async () => {
    const bench = await open();
    expect(bench.tcp).toBe(bench.udp);
    await say(bench, '-T', '--octet-count', 'counted');
    await say(bench, '-T', 'as a line');
    const texts = (await bench.heard(2)).map(({ text, transport }) => [text, transport]);
    expect(texts).toEqual([['counted', 'tcp'], ['as a line', 'tcp']]);
  });

  it('playing a phone becomes an observation', async () => {
    const bench = await open();
    const text = 'CP-8841-3PCC 00:56:2b:04:36:15 -- Successful resync tftp://10.20.0.1:69/8841-3PCC.xml';
    await say(bench, '-d', '--rfc3164', '-t', 'x', 'an ordinary line');
    await say(bench, '-d', text);
    await bench.heard(2);
    expect(bench.seen).toHaveLength(1);
    expect(bench.seen[0]).toMatchObject({ server: 'syslog', asked: 'line', facts: { text }, outcome: { kind: 'heard' }, peer: { address: '127.0.0.1' } });
  });
});

describe('over UDP', () => {
  it('any bytes are a line, and the server goes on', async () => {
    const bench = await open();
    const noise = Array.from({ length: 2_000 }, (_, index) => randomBytes(1 + (index % 1_400)));
    const sum = (): number => ['lines', 'empty', 'dropped'].reduce((total, name) => total + (bench.server.status().figures[name] ?? 0), 0);
    for (let at = 0; at < noise.length; at += 50) {
      await sendAll(bench.udp, noise.slice(at, at + 50));
      // Sent and heard in one thread: what is under way must fit into the smallest buffer.
      await eventually(() => expect(sum()).toBe(at + 50));
    }
    await sendAll(bench.udp, ['', '\n', '<13>last']);
    await eventually(() => expect(sum()).toBe(noise.length + 3));
    await bench.heard(1_900);
    await eventually(() => expect(bench.lines.some((line) => line.text === 'last')).toBe(true));
    expect(bench.server.status().figures['lost']).toBe(0);
  });

  it('a datagram of 60,000 bytes is one line, cut', async () => {
    const bench = await open();
    await sendAll(bench.udp, [`<13>${'x'.repeat(60_000)}`]);
    const [line] = await bench.heard(1);
    expect(line?.text).toHaveLength(8_192);
    while (bench.server.status().figures['cut'] !== 1) await wait(10);
  });

  it('20,000 lines in a row are heard in order and in batches of at most 1,000', async () => {
    const bench = await open({ limits: { batchMs: 1 } });
    const socket = createSocket('udp4');
    await new Promise<void>((resolve) => { socket.connect(bench.udp, '127.0.0.1', resolve); });
    for (let at = 0; at < 20_000; at += 1) {
      socket.send(`<134>Apr 11 18:16:44 CP-8841-3PCC line ${at}`);
      // Sent and heard in one thread: what is under way must fit into the smallest buffer (208 KB, 768 bytes a datagram).
      while (at - bench.lines.length > 200) await wait(0);
    }
    await bench.heard(20_000);
    socket.close();
    expect(bench.lines.map((line) => line.text)).toEqual(Array.from({ length: 20_000 }, (_, at) => `CP-8841-3PCC line ${at}`));
    expect(Math.max(...bench.batches)).toBeLessThanOrEqual(1_000);
  });

  it('a flood of phone lines is stored, and becomes observations up to a bound', async () => {
    const bench = await open({ limits: { observationBurst: 10, observationRate: 0.001 } });
    await sendAll(bench.udp, Array.from({ length: 100 }, (_, at) => `<13>CP-8841-3PCC 00:56:2b:04:36:15 -- Requesting resync tftp://h/${at}`));
    await bench.heard(100);
    await eventually(() => expect([bench.seen.length, bench.server.status().figures['unread']]).toEqual([10, 90]));
  });

  it('lines that the record refuses are counted and told', async () => {
    const bench = await open({ takes: () => false });
    await sendAll(bench.udp, ['<13>a', '<13>b']);
    while (bench.server.status().figures['lost'] !== 2) await wait(10);
    expect(bench.server.status().error).toEqual({ code: 'server.lines-lost', params: { count: 2 } });
  });
});

describe('over TCP', () => {
  it('byte by byte, half lines and a last line without end are heard', async () => {
    const bench = await open();
    const client = await connectRaw(bench.tcp);
    client.socket.setNoDelay(true);
    for (const byte of '<13>slow\n<13>half') {
      client.write(byte);
      await wait(1);
    }
    client.socket.end();
    expect((await bench.heard(2)).map((line) => line.text)).toEqual(['slow', 'half']);
  });

  it('a connection that breaks its framing is ended, others are not', async () => {
    const bench = await open();
    const good = await connectRaw(bench.tcp);
    const bad = await connectRaw(bench.tcp);
    bad.write('5 <13>x99999999 <13>');
    await bad.closed;
    good.write('<13>still here\n');
    expect((await bench.heard(2)).map((line) => line.text).sort()).toEqual(['still here', 'x']);
    while (bench.server.status().figures['refused'] !== 1) await wait(10);
    good.socket.destroy();
  });

  it('a line that never ends is heard once and then cut off', async () => {
    const bench = await open({ limits: { partialMs: 300 } });
    const client = await connectRaw(bench.tcp);
    client.write('<13>never ends');
    const drip = setInterval(() => { client.write('.'); }, 50);
    await client.closed;
    clearInterval(drip);
    expect((await bench.heard(1))[0]?.text).toMatch(/^never ends\.*$/);
  });

  it('a silent connection is ended after a while', async () => {
    const bench = await open({ limits: { idleMs: 200 } });
    const client = await connectRaw(bench.tcp);
    await client.closed;
    expect(bench.lines).toEqual([]);
  });

  it('garbage of any size fills neither memory nor time', async () => {
    const bench = await open();
    const clients = await Promise.all(Array.from({ length: 40 }, () => connectRaw(bench.tcp)));
    for (const [index, client] of clients.entries()) client.socket.end(index % 2 === 0 ? randomBytes(500_000) : Buffer.alloc(500_000, 'x'));
    await Promise.all(clients.map((client) => client.closed));
    await sendAll(bench.udp, ['<13>last']);
    while (!bench.lines.some((line) => line.text === 'last')) await wait(10);
    expect(Math.max(...bench.lines.map((line) => line.text.length))).toBeLessThanOrEqual(8_192);
  });

  it('connections beyond the limit are turned away', async () => {
    const bench = await open({ limits: { connections: 3 } });
    const clients = await Promise.all(Array.from({ length: 5 }, () => connectRaw(bench.tcp)));
    while (bench.server.status().figures['refused'] !== 2) await wait(10);
    for (const client of clients) client.socket.destroy();
  });
});

describe('the server itself', () => {
  const quiet = { lines: () => true, observe: () => undefined, changed: () => undefined };

  it('hears UDP alone when TCP is taken, and says so', async () => {
    const port = await quietPort();
    const holder = createServer();
    await new Promise<void>((resolve) => { holder.listen(port, '127.0.0.1', resolve); });
    const server = createSyslogServer({ address: '127.0.0.1', port }, quiet, () => Date.now());
    expect(await server.start()).toMatchObject({ state: 'degraded', port, tcpPort: null, error: { code: 'server.port-taken-unknown', params: { port, transport: 'tcp' } } });
    await server.stop();
    await new Promise((resolve) => holder.close(resolve));
    expect(await server.start()).toMatchObject({ state: 'listening', port, tcpPort: port });
    await server.stop();
  });

  it('hears TCP alone when UDP is taken, and fails when nothing is left', async () => {
    const port = await quietPort();
    const holder = createSocket('udp4');
    await new Promise<void>((resolve) => { holder.bind(port, '127.0.0.1', resolve); });
    const server = createSyslogServer({ address: '127.0.0.1', port }, quiet, () => Date.now());
    expect(await server.start()).toMatchObject({ state: 'degraded', port: null, tcpPort: port, error: { code: 'server.port-taken-unknown', params: { transport: 'udp' } } });
    const second = createSyslogServer({ address: '127.0.0.1', port }, quiet, () => Date.now());
    expect(await second.start()).toMatchObject({ state: 'failed', address: null, port: null, tcpPort: null });
    await second.stop();
    await server.stop();
    await new Promise<void>((resolve) => { holder.close(resolve); });
  });

  it('says when the system grants a smaller buffer than a burst needs', async () => {
    const bench = await open({ limits: { receiveBuffer: 1_000_000_000 } });
    expect(bench.status).toMatchObject({ state: 'listening', error: { code: 'server.buffer-small', params: { command: 'sudo sysctl -w net.core.rmem_max=1000000000' } } });
    expect(Number(bench.status.error?.params['bytes'])).toBeGreaterThan(0);
  });

  it('stops with connections open, and gives what it held, without waiting for its next batch', async () => {
    const bench = await open({ limits: { batchMs: 60_000 } });
    const clients = await Promise.all(Array.from({ length: 50 }, () => connectRaw(bench.tcp)));
    for (const client of clients) client.write('<13>whole\n<13>half');
    while (bench.server.status().figures['lines'] !== 50) await wait(10);
    const stopped = bench.server.stop().then(() => 'stopped');
    expect(await Promise.race([stopped, wait(30_000, 'late', { ref: false })])).toBe('stopped');
    expect(bench.lines.filter((line) => line.text === 'whole')).toHaveLength(50);
    expect(bench.server.status()).toMatchObject({ state: 'stopped', port: null, tcpPort: null });
  });
});
