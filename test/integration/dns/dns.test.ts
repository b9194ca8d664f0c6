import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { decode, streamEncode } from 'dns-packet';
import { afterEach, describe, expect, it } from 'vitest';
import { DNS_LIMITS } from '../../../main/servers/dns/config.ts';
import { createDnsServer } from '../../../main/servers/dns/server.ts';
import { run } from '../../support/bench-process.ts';
import { hasProgram } from '../../support/dhcp/in-namespace.ts';
import { FACTS, startNames, type NameBench } from '../../support/dns/bench.ts';
import { questionBytes } from '../../support/dns/questions.ts';
import { eventually } from '../../support/eventually.ts';
import { junkOf } from '../../support/junk.ts';
import { quietPort } from '../../support/ports.ts';

const has = { dig: hasProgram('dig'), kdig: hasProgram('kdig'), host: hasProgram('host'), nslookup: hasProgram('nslookup') };

let bench: NameBench | null = null;
afterEach(async () => {
  await bench?.server.stop();
  bench = null;
});
const open = async (...options: Parameters<typeof startNames>): Promise<NameBench> => (bench = await startNames(...options));
const framed = (name: string, type = 'A', id = 1): Uint8Array => streamEncode({ type: 'query', id, questions: [{ type, name }] });

/** `once` of Node rejects when an error comes before: a connection that is cut while it writes ends by ECONNRESET, and that is an end too. */
function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => { socket.once('close', () => { resolve(); }); });
}

/** Reads a connection to its end, or until `count` answers came. */
async function answers(socket: Socket, count: number) {
  let held = Buffer.alloc(0);
  const read: ReturnType<typeof decode>[] = [];
  for await (const chunk of socket) {
    held = Buffer.concat([held, chunk as Buffer]);
    while (held.length >= 2 && held.length >= 2 + held.readUInt16BE(0)) {
      read.push(decode(held.subarray(2, 2 + held.readUInt16BE(0))));
      held = held.subarray(2 + held.readUInt16BE(0));
    }
    if (read.length >= count) break;
  }
  socket.destroy();
  return read;
}

describe('programs that ask', () => {
  it.skipIf(!has.dig)('dig: address, service, no data, refusal, over UDP and TCP, without a complaint', async () => {
    const { port } = await open();
    const dig = async (...args: string[]): Promise<string> => (await run('dig', ['@127.0.0.1', '-p', String(port), '+tries=1', '+time=30', ...args])).stdout;
    expect(await dig('bench.internal', '+short')).toBe('10.20.0.1\n');
    expect(await dig('+tcp', '_ciscoprov-https._tls.bench.internal', 'SRV', '+short')).toBe('10 10 443 bench.internal.\n');
    expect(await dig('-x', '10.20.0.1', '+short')).toBe('bench.internal.\n');
    expect(await dig('bench.internal', 'AAAA')).toMatch(/status: NOERROR[^]*flags: qr aa rd;[^]*ANSWER: 0, AUTHORITY: 1[^]*IN\s+SOA\s+ns\.bench\.internal\./);
    expect(await dig('activate.cisco.com')).toContain('status: REFUSED');
    expect(await dig('nope.bench.internal')).toContain('status: NXDOMAIN');
    expect(await dig('ANY', 'bench.internal')).toContain('"RFC8482"');
    expect(await dig('AXFR', 'bench.internal')).toContain('Transfer failed');
    // It asks with a version that nobody has, is told so, and comes back with 0.
    expect(await dig('+edns=7', 'bench.internal')).toContain('BADVERS, retrying with EDNS version 0');
    for (const name of ['BeNcH.InTeRnAl', 'bench.internal']) expect(await dig(name)).not.toMatch(/warn(?!ing: recursion)|malformed|extra bytes/i);
  });

  it.skipIf(!has.dig)('dig comes again over TCP by itself when an answer is cut', async () => {
    const host = [63, 63, 63, 38].map((length) => 'h'.repeat(length)).join('.');
    const { port } = await open({}, { names: [host] });
    const { stdout } = await run('dig', ['@127.0.0.1', '-p', String(port), '+noedns', `_ciscoprov-https._tls.${host}`, 'SRV']);
    expect(stdout).toContain('Truncated, retrying in TCP mode');
    expect(stdout).toContain(`10 10 443 ${host}.`);
  });

  it.skipIf(!has.kdig)('kdig: two questions on one connection', async () => {
    const { port } = await open();
    const { stdout } = await run('kdig', ['@127.0.0.1', '-p', String(port), '+tcp', '+keepopen', 'bench.internal', 'A', '_ciscoprov-http._tcp.bench.internal', 'SRV']);
    expect(stdout).toContain('10.20.0.1');
    expect(stdout).toMatch(/SRV\s+10 10 80 bench\.internal\./);
    expect(stdout).not.toMatch(/;; (?:WARNING|ERROR)/);
  });

  it.skipIf(!has.host || !has.nslookup)('host and nslookup', async () => {
    const { port } = await open();
    expect((await run('host', ['-p', String(port), 'phones.example.com', '127.0.0.1'])).stdout).toContain('phones.example.com has address 10.20.0.1');
    expect((await run('host', ['-p', String(port), 'activate.cisco.com', '127.0.0.1'])).stdout).toContain('REFUSED');
    expect((await run('nslookup', [`-port=${port}`, 'bench.internal', '127.0.0.1'])).stdout).toMatch(/Name:\s+bench\.internal\s+Address: 10\.20\.0\.1/);
  });
});

describe('TCP', () => {
  it('answers questions that were sent at once, and cut anywhere, in their order (RFC 7766 §6.2.1)', async () => {
    const { port } = await open();
    const socket = connect(port, '127.0.0.1');
    const bytes = Buffer.concat([1, 2, 3, 4, 5].map((id) => framed('bench.internal', 'A', id)));
    for (let at = 0; at < bytes.length; at += 7) {
      socket.write(bytes.subarray(at, at + 7));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect((await answers(socket, 5)).map(({ id }) => id)).toEqual([1, 2, 3, 4, 5]);
  });

  it('ends a connection that says nothing, one byte now and then, or half a question', async () => {
    const { port } = await open({ idleMs: 200 });
    const silent = connect(port, '127.0.0.1');
    const slow = connect(port, '127.0.0.1');
    const half = connect(port, '127.0.0.1');
    for (const socket of [silent, slow, half]) socket.on('error', () => undefined).resume();
    half.write(framed('bench.internal').subarray(0, 10));
    slow.write(Uint8Array.of(0, 200));
    const drip = setInterval(() => slow.write('x'), 50);
    await Promise.all([silent, slow, half].map((socket) => closed(socket)));
    clearInterval(drip);
  });

  it.each([
    ['a question of length 0', Buffer.from([0, 0])],
    ['one longer than any question', Buffer.from([255, 255, 1, 2, 3])],
    ['an answer', (() => { const bytes = Buffer.from(framed('bench.internal')); bytes[4] = 0x81; return bytes; })()],
  ])('ends a connection that sends %s, and serves the next', async (_, bytes) => {
    const { port } = await open();
    const socket = connect(port, '127.0.0.1').on('error', () => undefined).resume();
    socket.write(bytes);
    await closed(socket);
    const next = connect(port, '127.0.0.1');
    next.write(framed('bench.internal'));
    expect(await answers(next, 1)).toHaveLength(1);
  });

  it('holds at most eight connections of one address, and the ninth is told by its end', async () => {
    const { port, server } = await open();
    const held = Array.from({ length: 8 }, () => connect(port, '127.0.0.1').on('error', () => undefined).resume());
    await Promise.all(held.map((socket) => once(socket, 'connect')));
    await eventually(async () => {
      const ninth = connect(port, '127.0.0.1').on('error', () => undefined).resume();
      await closed(ninth);
    });
    expect(server.status().figures['refusedConnections']).toBeGreaterThanOrEqual(1);
    for (const socket of held) socket.destroy();
  });

  it('takes 200 questions of one connection and ends it at the next, and the next connection is served', async () => {
    const { port, server } = await open({ perAddress: { rate: 1000, burst: 1000, senders: 10 } });
    const socket = connect(port, '127.0.0.1').on('error', () => undefined);
    socket.write(Buffer.concat(Array.from({ length: 201 }, (_, id) => framed('bench.internal', 'A', id))));
    expect(await answers(socket, 201)).toHaveLength(DNS_LIMITS.questionsPerConnection);
    expect(server.status().figures['refusedConnections']).toBe(1);
    const next = connect(port, '127.0.0.1');
    next.write(framed('bench.internal'));
    expect(await answers(next, 1)).toHaveLength(1);
  });

  it('holds at most 128 connections in all, whoever opens them, and takes one again when one ends', async () => {
    const { port, server } = await open();
    const from = (index: number): Socket => connect({ port, host: '127.0.0.1', localAddress: `127.0.0.${2 + Math.floor(index / 8)}` }).on('error', () => undefined);
    const held = Array.from({ length: DNS_LIMITS.connections }, (_, index) => from(index));
    for (const [index, socket] of held.entries()) socket.write(framed('bench.internal', 'A', index));
    await Promise.all(held.map((socket) => once(socket, 'data')));
    expect(server.status().figures['refusedConnections']).toBe(0);
    const beyond = from(DNS_LIMITS.connections).resume();
    await closed(beyond);
    expect(server.status().figures['refusedConnections']).toBe(1);
    held[0]?.destroy();
    await eventually(async () => {
      const next = from(0);
      next.write(framed('bench.internal'));
      expect(await answers(next, 1)).toHaveLength(1);
    });
    for (const socket of held) socket.destroy();
  });
});

describe('UDP', () => {
  it('is not stopped by thousands of datagrams of noise, and then answers', async () => {
    const { port, server } = await open();
    const socket = createSocket('udp4');
    for (let index = 0; index < 3000; index += 1) {
      const bytes = junkOf(index, 1 + ((index * 37) % 1400));
      await new Promise((resolve) => socket.send(bytes, port, '127.0.0.1', resolve));
    }
    await eventually(async () => {
      // The buffer may still be full of noise: then this question is lost, and the next one asks.
      const answer = once(socket, 'message', { signal: AbortSignal.timeout(2_000) }) as Promise<[Buffer]>;
      socket.send(questionBytes('bench.internal', { id: 0x7777 }), port, '127.0.0.1');
      const [bytes] = await answer;
      expect(decode(bytes)).toMatchObject({ id: 0x7777, answers: [{ data: '10.20.0.1' }] });
    });
    socket.close();
    expect(server.status().state).toBe('listening');
  });

  it('answers from the served address alone: another address of this computer gets none', async () => {
    const { port } = await open();
    const socket = createSocket('udp4');
    let heard = false;
    socket.on('message', () => (heard = true));
    socket.on('error', () => undefined);
    socket.send(questionBytes('bench.internal'), port, '127.0.0.2');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(heard).toBe(false);
    socket.close();
  });
});

describe('the server', () => {
  const needs = { facts: () => FACTS, observe: () => undefined, changed: () => undefined };

  it('takes the same number for UDP and TCP, gives it back, and starts again', async () => {
    const chosen = await quietPort();
    const server = createDnsServer({ address: '127.0.0.1', port: chosen }, needs, () => Date.now());
    const { port, state } = await server.start();
    expect([port, state]).toEqual([chosen, 'listening']);
    await server.stop();
    expect(server.status()).toMatchObject({ state: 'stopped', port: null, error: null });
    const again = createDnsServer({ address: '127.0.0.1', port: port ?? 0 }, needs, () => Date.now());
    expect(await again.start()).toMatchObject({ state: 'listening', port });
    await again.stop();
  });

  it('says which port is taken, and of which address; with UDP alone it goes on', async () => {
    const { port } = await open({}, {}, await quietPort());
    const second = createDnsServer({ address: '127.0.0.1', port }, needs, () => Date.now());
    expect(await second.start()).toMatchObject({ state: 'failed', error: { code: 'server.port-taken-unknown', params: { port, transport: 'udp', address: '127.0.0.1' } } });
    await second.stop();
    await bench?.server.stop();
    const holder = (await import('node:net')).createServer().listen(port, '127.0.0.1');
    await once(holder, 'listening');
    const half = createDnsServer({ address: '127.0.0.1', port }, needs, () => Date.now());
    expect(await half.start()).toMatchObject({ state: 'degraded', port, error: { code: 'server.port-taken-unknown', params: { transport: 'tcp' } } });
    await half.stop();
    holder.close();
  });
});
