import { createSocket } from 'node:dgram';
import { afterEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../main/simulator/random.ts';
import { tftpGet, tftpPut } from '../../../main/simulator/tftp-get.ts';
import { startTinyTftp } from '../../support/simulator/tiny-tftp.ts';

const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

/** A server that answers every packet with what it is given, whatever that is. */
async function answering(answers: () => readonly Buffer[]): Promise<number> {
  const socket = createSocket('udp4', (_packet, peer) => {
    for (const answer of answers()) socket.send(answer, peer.port, peer.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  stops.push(() => new Promise((resolve) => socket.close(() => resolve())));
  return socket.address().port;
}

/** Packets that are nearly TFTP: right opcodes with wrong contents, options without end or without sense, plain noise. */
function nearlyTftp(random: () => number): Buffer {
  const int = (below: number): number => Math.floor(random() * below);
  const pick = (texts: readonly string[]): string => texts[int(texts.length)] ?? '';
  const options = Array.from({ length: int(4) }, () => {
    const name = pick(['blksize', 'tsize', 'timeout', 'windowsize', 'rollover', 'x', '', '__proto__', 'constructor']);
    return `${name}\0${pick(['1', '512', '3000', '-1', 'abc', '1e9', ''])}${pick(['\0', '\0', ''])}`;
  }).join('');
  const forms = [
    (): Buffer => Buffer.from(Array.from({ length: int(30) }, () => int(256))),
    (): Buffer => Buffer.from(`\0\x06${options}`, 'latin1'),
    (): Buffer => Buffer.concat([Buffer.of(0, 3, 0, int(4)), Buffer.alloc(int(1500))]),
    (): Buffer => Buffer.concat([Buffer.of(0, 5, int(2), int(10)), Buffer.from('bad'), Buffer.alloc(int(2))]),
    (): Buffer => Buffer.from([0, int(9), ...Array.from({ length: int(8) }, () => int(4))]),
  ];
  return forms[int(forms.length)]?.() ?? Buffer.alloc(0);
}

describe('the TFTP client of the virtual phone', () => {
  it('ends every transfer in words, whatever a server sends, and throws nothing from its socket', async () => {
    const random = seededRandom(20);
    const port = await answering(() => Array.from({ length: 1 + Math.floor(random() * 3) }, () => nearlyTftp(random)));
    const place = { address: '127.0.0.1', port, path: '/x' };
    for (let round = 0; round < 6; round += 1) {
      const limit = AbortSignal.timeout(1500);
      const reads = Array.from({ length: 40 }, () => tftpGet(place, limit));
      const writes = Array.from({ length: 10 }, () => tftpPut(place, Buffer.alloc(600), limit));
      for (const read of await Promise.all(reads)) {
        expect(read.kind).toMatch(/^(file|failed)$/);
        if (read.kind === 'failed') expect(read.error).not.toBe('');
      }
      for (const written of await Promise.all(writes)) expect(written === null || typeof written === 'string').toBe(true);
    }
  });

  it('takes no harm from an OACK that comes twice, as from a server that waited too long for its acknowledgement', async () => {
    const oack = Buffer.from('\0\x06blksize\x001428\0', 'latin1');
    let packets = 0;
    const port = await answering(() => (packets++ === 0 ? [oack, oack, oack] : [Buffer.concat([Buffer.of(0, 3, 0, 1), Buffer.from('all')])]));
    const read = await tftpGet({ address: '127.0.0.1', port, path: '/x' }, new AbortController().signal);
    expect(read).toMatchObject({ kind: 'file', bytes: Buffer.from('all') });
  });

  it('can lose its power at any moment, even before its socket is open', async () => {
    const port = await answering(() => [Buffer.concat([Buffer.of(0, 3, 0, 1), Buffer.alloc(512)])]);
    const place = { address: '127.0.0.1', port, path: '/x' };
    for (let index = 0; index < 60; index += 1) {
      const power = new AbortController();
      const ended = index % 2 === 0 ? tftpGet(place, power.signal) : tftpPut(place, Buffer.alloc(100), power.signal);
      if (index % 3 === 0) power.abort();
      else setTimeout(() => power.abort(), index % 5);
      await ended;
    }
    const gone = new AbortController();
    gone.abort();
    expect(await tftpGet(place, gone.signal)).toMatchObject({ kind: 'failed', error: 'Cancelled' });
    expect(await tftpPut(place, Buffer.alloc(1), gone.signal)).toBe('Cancelled');
  });

  it('sends a name as the rule spells it, and refuses one that no packet can carry', async () => {
    const tiny = await startTinyTftp(() => 1);
    stops.push(() => tiny.stop());
    const signal = new AbortController().signal;
    const at = { address: '127.0.0.1', port: tiny.port };
    for (const path of ['/a//b/../c.xml', '..\\up', '/', '/x?q=1']) await tftpGet({ ...at, path }, signal);
    await tftpPut({ ...at, path: '/r//1.xml' }, Buffer.from('x'), signal);
    expect(tiny.asked).toEqual(['RRQ /a//b/../c.xml', 'RRQ ..\\up', 'RRQ /', 'RRQ /x?q=1', 'WRQ /r//1.xml']);
    for (const path of ['', '/é', '/a b', `/${'x'.repeat(500)}`]) {
      expect(await tftpGet({ ...at, path }, signal)).toMatchObject({ kind: 'failed', answer: null });
      expect(await tftpPut({ ...at, path }, Buffer.alloc(1), signal)).toBe('The name cannot be written by TFTP');
    }
    expect(tiny.asked).toHaveLength(5);
  });

  it.each([
    [1, 'File not found', 'B'],
    [0, 'TFTP error 0: not ready', 'C'],
    [2, 'TFTP error 2: not ready', 'C'],
  ])('reads the number of error %i, not only its words', async (code, error, reaction) => {
    const port = await answering(() => [Buffer.from(`\0\x05\0${String.fromCharCode(code)}not ready\0`, 'latin1')]);
    const read = await tftpGet({ address: '127.0.0.1', port, path: '/x' }, new AbortController().signal);
    expect(read).toEqual({ kind: 'failed', reaction, error, answer: `error ${code}` });
  });
});
