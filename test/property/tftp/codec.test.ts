import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPacket, writeAck, writeError, writeOack, writeRequest } from '../../../main/servers/tftp/codec.ts';
import { netasciiReader, toNetascii } from '../../../main/servers/tftp/netascii.ts';
import { negotiate } from '../../../main/servers/tftp/options.ts';

const word = fc.integer({ min: 0, max: 65_535 });
const printable = (maxLength: number): fc.Arbitrary<string> => fc.stringMatching(/^[\x20-\x7e]+$/, { maxLength });
const options = fc.array(fc.tuple(printable(20), printable(20)), { maxLength: 8 })
  .map((pairs) => new Map(pairs.map(([name, value]) => [name.toLowerCase(), value])));

describe('the codec', () => {
  it('reads any bytes as something and never throws', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
      expect(['read', 'write', 'data', 'ack', 'error', 'oack', 'bad']).toContain(readPacket(bytes).kind);
    }), { numRuns: 2_000 });
  });

  it('reads anything behind a valid opcode and never throws', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 8 }), fc.uint8Array({ maxLength: 600 }), (opcode, bytes) => {
      const packet = readPacket(Uint8Array.from([0, opcode, ...bytes]));
      if (packet.kind === 'read' || packet.kind === 'write') {
        expect(packet.path.length).toBeGreaterThan(0);
        expect(packet.path.length).toBeLessThanOrEqual(512);
        expect(packet.path).not.toMatch(/[\x00-\x1f\x7f]/);
      }
    }), { numRuns: 2_000 });
  });

  it('reads what it wrote', () => {
    fc.assert(fc.property(fc.constantFrom('read', 'write'), printable(100), fc.constantFrom('octet', 'netascii'), options, (kind, path, mode, asked) => {
      expect(readPacket(writeRequest(kind, path, mode, asked))).toEqual({ kind, path, mode, options: asked });
      expect(readPacket(writeOack(asked))).toEqual({ kind: 'oack', options: asked });
    }));
    fc.assert(fc.property(word, printable(100), (number, message) => {
      expect(readPacket(writeAck(number))).toEqual({ kind: 'ack', block: number });
      expect(readPacket(writeError(number, message))).toEqual({ kind: 'error', code: number, message });
    }));
  });
});

describe('netascii', () => {
  it('gives back every text, however its bytes are split into blocks', () => {
    const text = fc.array(fc.constantFrom(10, 13, 0, 65), { maxLength: 300 }).map((bytes) => Uint8Array.from(bytes));
    fc.assert(fc.property(text, fc.integer({ min: 1, max: 50 }), (bytes, size) => {
      const wire = toNetascii(bytes);
      const reader = netasciiReader();
      const parts: number[] = [];
      for (let at = 0; at < wire.length; at += size) parts.push(...reader.push(wire.subarray(at, at + size)));
      expect([...parts, ...reader.end()]).toEqual([...bytes]);
    }));
  });
});

describe('options', () => {
  it('always come to values that a transfer can run with, and only answer what was asked', () => {
    const name = fc.constantFrom<string>('blksize', 'windowsize', 'timeout', 'tsize', 'multicast');
    const value = fc.oneof(fc.integer({ min: -10, max: 70_000 }).map(String), fc.string());
    fc.assert(fc.property(fc.array(fc.tuple(name, value)).map((pairs) => new Map(pairs)), fc.integer({ min: 0, max: 65_464 }), (asked, maxBlockSize) => {
      const agreed = negotiate(asked, { maxBlockSize }, 1_000);
      expect(agreed.blockSize).toBeGreaterThanOrEqual(8);
      expect(agreed.blockSize).toBeLessThanOrEqual(Math.max(512, maxBlockSize));
      expect(agreed.window).toBeGreaterThanOrEqual(1);
      expect(agreed.window).toBeLessThanOrEqual(64);
      for (const answered of agreed.answer.keys()) expect(asked.has(answered)).toBe(true);
    }));
  });
});
