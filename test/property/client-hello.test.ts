import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBeginning } from '../../main/servers/http/client-hello.ts';
import { HELLO } from '../support/http/client-hello.ts';

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
