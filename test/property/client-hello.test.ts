import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBeginning } from '../../main/servers/http/client-hello.ts';

/**
 * The first record of `openssl s_client -servername bench.internal -tls1_2 -connect …` of OpenSSL 3.0.19, as it came over
 * the wire.
 */
const HELLO = Buffer.from(
  [
    '16030100ce010000ca030383aedb1377b69483f5d1aa94553478631a8abb5cb606592b551c92014f2ffb40000038c02cc030009fcca9cca8ccaac02bc02f009ec024c028006b',
    'c023c0270067c00ac0140039c009c0130033009d009c003d003c0035002f00ff0100006900000013001100000e62656e63682e696e7465726e616c000b000403000102000a00',
    '0c000a001d0017001e00190018002300000016000000170000000d002a0028040305030603080708080809080a080b0804080508060401050106010303030103020402050206',
    '02',
  ].join(''),
  'hex',
);

describe('the beginning of a TLS connection', () => {
  it('tells the name and the newest version of a hello that openssl sent', () => {
    expect(readBeginning(HELLO)).toEqual({ kind: 'hello', hello: { name: 'bench.internal', newest: 'TLSv1.2' } });
  });

  it('is incomplete at every cut, and never anything else', () => {
    for (let length = 0; length < HELLO.length; length += 1) expect(readBeginning(HELLO.subarray(0, length)).kind).toBe('incomplete');
  });

  it('is plain HTTP by its method', () => {
    expect(readBeginning(Buffer.from('GET /8841-3PCC.xml HTTP/1.1\r\n')).kind).toBe('http');
    expect(readBeginning(Buffer.from('PO')).kind).toBe('incomplete');
    expect(readBeginning(Buffer.from('\u0000\u0001\u0002')).kind).toBe('other');
  });

  it('never throws, whatever stands in a hello', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
      readBeginning(bytes);
      const broken = Buffer.concat([Buffer.from([22, 3, 1, bytes.length >> 8, bytes.length & 255]), bytes]);
      readBeginning(broken);
    }), { numRuns: 2_000 });
    fc.assert(fc.property(fc.nat(HELLO.length - 1), fc.nat(255), (at, value) => {
      const bent = Uint8Array.from(HELLO);
      bent[at] = value;
      const { kind } = readBeginning(bent);
      expect(['hello', 'incomplete', 'http', 'other']).toContain(kind);
    }), { numRuns: 2_000 });
  });
});
