import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST_TEXT, readSyslog } from '../../main/servers/syslog/codec.ts';
import { Framing } from '../../main/servers/syslog/framing.ts';
import { readStructuredData } from '../../main/servers/syslog/structured-data.ts';

const message = fc.stringMatching(/^<1[0-9]>[ -~]{0,120}$/);

describe('the syslog codec', () => {
  it('makes a message of any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3_000 }), (bytes) => {
        const { facility, severity, text } = readSyslog(bytes);
        expect(facility).toBeGreaterThanOrEqual(0);
        expect(facility).toBeLessThanOrEqual(23);
        expect(severity).toBeLessThanOrEqual(7);
        expect(text.length).toBeLessThanOrEqual(LONGEST_TEXT);
        expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/);
      }),
      { numRuns: 2_000 },
    );
  });

  it('makes a message of anything that looks like a header', () => {
    const piece = fc.constantFrom('<34>', '1 ', '- ', 'Oct 11 22:14:15 ', '2003-10-11T22:14:15Z ', 'host ', 'tag: ', 'tag[1]: ', '[a b="c"]', '[', '"', ']', '\\', '\ufeff', '\0', '\n', ':', 'é');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const { text } = readSyslog(Buffer.from(pieces.join('')));
        expect(typeof text).toBe('string');
      }),
      { numRuns: 5_000 },
    );
  });

  it('gives back the text of every RFC 5424 message', () => {
    const word = fc.stringMatching(/^[!-~]{1,32}$/);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 191 }), word, word, word, fc.stringMatching(/^[!-Z^-~][ -~]{0,200}$/), (pri, host, app, id, text) => {
        const read = readSyslog(Buffer.from(`<${pri}>1 2003-10-11T22:14:15.003Z ${host} ${app} - ${id} - ${text}`));
        expect(read).toMatchObject({ shape: 'rfc5424', facility: pri >> 3, severity: pri & 7, host: host === '-' ? null : host, app: app === '-' ? null : app, text });
      }),
    );
  });

  it('never reads structured data beyond the end', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('[', ']', '"', '\\', 'a', '=', ' ', '-') }), (text) => {
        const { end } = readStructuredData(text, 0);
        expect(end).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('the framings of syslog over TCP', () => {
  it.each(['counted', 'lines'] as const)('give back every message (%s), however the stream is cut', (kind) => {
    fc.assert(
      fc.property(fc.array(message, { minLength: 1, maxLength: 12 }), fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 40 }), (messages, cuts) => {
        const stream = Buffer.from(messages.map((each) => (kind === 'counted' ? `${each.length} ${each}` : `${each}\n`)).join(''));
        const framing = new Framing();
        const found: string[] = [];
        let at = 0;
        for (let turn = 0; at < stream.length; turn += 1) {
          const size = cuts[turn % cuts.length] ?? 1;
          const framed = framing.push(stream.subarray(at, at + size));
          expect(framed.broken).toBe(false);
          for (const each of framed.messages) found.push(Buffer.from(each).toString());
          at += size;
        }
        expect(found).toEqual(messages);
      }),
      { numRuns: 500 },
    );
  });

  it('survive any bytes in any pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 20 }), (chunks) => {
        const framing = new Framing();
        const given = chunks.flatMap((chunk) => framing.push(chunk).messages);
        const total = [...given, ...framing.end()].reduce((sum, each) => sum + each.length, 0);
        expect(total).toBeLessThanOrEqual(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
      }),
      { numRuns: 1_000 },
    );
  });
});
