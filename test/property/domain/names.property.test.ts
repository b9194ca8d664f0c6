import fc from 'fast-check';
import { posix, win32 } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Mac } from '../../../common/values/mac.ts';
import { resolveName } from '../../../main/domain/files/resolve.ts';
import { identify } from '../../../main/domain/identify/identify.ts';
import { readSigns } from '../../../main/domain/identify/signs.ts';

/** Strings that lean towards attacks: dots, slashes and escapes are frequent. */
const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 600 }),
  fc.array(fc.constantFrom('..', '.', '/', '\\', '%2e', '%2F', '%5c', '%00', '%25', '%', ':', 'c:', ' ', '\0', 'a', '8841-3PCC.xml', 'SEP', '\u2215', '\uFF0E', '~', 'nul'), { maxLength: 40 }).map((parts) => parts.join('')),
);
const macs = fc.integer({ min: 1, max: 0xffffff }).map((low) => `00562b${low.toString(16).padStart(6, '0')}` as Mac);

describe('the resolver', () => {
  it('never leaves its root, on any system, for any string', () => {
    fc.assert(
      fc.property(nasty, (path) => {
        const name = resolveName(path);
        if (name.kind !== 'static') return;
        expect(posix.join('/root', name.relative).startsWith('/root/')).toBe(true);
        expect(win32.join('C:\\root', name.relative).startsWith('C:\\root\\')).toBe(true);
        expect(win32.isAbsolute(name.relative) || posix.isAbsolute(name.relative)).toBe(false);
        expect(name.relative.split('/').every((part) => part !== '' && !/^\.+$/.test(part) && !/[\\\0:]/.test(part))).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });

  it('gives the same answer for what it gave: a static path resolves to itself', () => {
    fc.assert(
      fc.property(nasty, (path) => {
        const name = resolveName(path);
        if (name.kind !== 'static' || /[%?#]/.test(name.relative)) return;
        expect(resolveName(name.relative)).toEqual(name);
      }),
      { numRuns: 2_000 },
    );
  });

  it('finds the MAC in every spelling, in any folder', () => {
    const spelled = fc.tuple(macs, fc.constantFrom('', ':', '-', '.'), fc.boolean(), fc.constantFrom('', '/', '/Cisco/', 'x/y/', '//'), fc.constantFrom('.xml', '.cfg', '.CFG'));
    fc.assert(
      fc.property(spelled, ([mac, separator, upper, folder, ending]) => {
        const pairs = (mac.match(/../g) ?? []).join(separator);
        expect(resolveName(folder + (upper ? pairs.toUpperCase() : pairs) + ending)).toMatchObject({ kind: 'profile', mac });
      }),
    );
  });
});

describe('signs', () => {
  it('any text gives signs, never an exception', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        readSigns({ path: text, userAgent: text, certificate: text, vendorClass: text, text, hostName: text });
      }),
      { numRuns: 2_000 },
    );
  });

  it('what the device says of itself is never overruled by its address', () => {
    fc.assert(
      fc.property(macs, macs, (said, leased) => {
        const directory = { byAddress: () => [leased], bySerial: () => null, neighbour: () => leased };
        const found = identify({ facts: { path: `/${said}.cfg` }, peer: { address: '10.0.0.9', port: 1 } }, directory);
        expect(found.mac).toBe(said);
      }),
    );
  });
});
