import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findServer } from '../../../main/simulator/lease.ts';
import { readProfile } from '../../../main/simulator/profile.ts';
import { readDelays } from '../../../main/domain/rule/delays.ts';
import { expandMacros as expand } from '../../../main/domain/rule/macros.ts';
import { readUrl, urlsToTry, urlText } from '../../../main/domain/rule/urls.ts';

/** Texts in which macros, brackets and digits are likely. */
const macroText = fc.array(fc.constantFrom('$', '$$', '(', ')', ':', 'MA', 'MAU', 'A', 'P', 'SERVIP', '1', '23', ' ', 'é', 'x.cfg')).map((parts) => parts.join(''));
const values = { MA: '000e08aabbcc', MAU: '000E08AABBCC', MAC: '00:0e:08:aa:bb:cc', A: '$MA', P: '', SERV: 's', SERVIP: '10.0.0.1' };

const expandMacros = (text: string, macros: Readonly<Record<string, string>>): string => expand(text, { macros, secrets: {} }, { secretsAllowed: false }).text;

describe('the macro expander', () => {
  it('ends on any text and never fills what it has filled in', () => {
    fc.assert(
      fc.property(fc.oneof(macroText, fc.string()), (text) => {
        const once = expandMacros(text, {});
        // Without a known name only the doubled sign changes.
        expect(once).toBe(text.replaceAll('$$', '$'));
        expect(typeof expandMacros(text, values)).toBe('string');
      }),
    );
  });

  it('leaves text without a sign alone, and fills the parts of a text one by one', () => {
    fc.assert(
      fc.property(fc.string().filter((text) => !text.includes('$')), fc.constantFrom(...Object.keys(values)), (text, name) => {
        expect(expandMacros(text, values)).toBe(text);
        expect(expandMacros(`${text}$(${name})${text}`, values)).toBe(`${text}${values[name as keyof typeof values]}${text}`);
      }),
    );
  });

  it('cuts as a substring does, for any offset and length', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(9999), fc.nat(9999), (value, offset, length) => {
        expect(expandMacros(`$(A:${offset}:${length})`, { A: value })).toBe(value.slice(offset, offset + length));
        expect(expandMacros(`$(A:${offset})`, { A: value })).toBe(value.slice(offset));
      }),
    );
  });
});

describe('what a virtual phone reads from others', () => {
  it('a profile of any bytes is parameters or a cause', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const read = readProfile(bytes);
        expect(read.ok ? read.parameters.size : read.cause.length).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('a URL that is read is written so that it reads the same', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl({ withQueryParameters: true }), fc.string(), fc.ipV4()), (text) => {
        const url = readUrl(text);
        if (url) expect(readUrl(urlText(url))).toEqual(url);
      }),
    );
  });

  it('any text of a DHCP option, rule or delay gives a value', () => {
    fc.assert(
      fc.property(fc.string(), fc.uint8Array({ maxLength: 64 }), (text, bytes) => {
        expect(Array.isArray(urlsToTry(text, text, (part) => part))).toBe(true);
        expect(readDelays(text)?.length ?? 1).toBeGreaterThan(0);
        findServer('66,160,150,60,43', new Map([66, 160, 150, 60, 43].map((option) => [option, bytes])));
        findServer(text, new Map([[66, bytes]]));
      }),
    );
  });
});
