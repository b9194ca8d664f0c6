import { describe, expect, it } from 'vitest';
import { english } from '../../../common/contract/sentences/en.ts';
import { keyVariants, MOST_VARIANTS } from '../../../main/crypto/doctor/key-variants.ts';

const accidentsFrom = (typed: string, meant: string | Buffer): readonly string[] | undefined =>
  keyVariants(typed).find(({ bytes }) => Buffer.from(meant).equals(bytes))?.accidents;

describe('the accidents of a key', () => {
  it.each([
    ['Secret1\n', 'Secret1', ['newline-removed']],
    ['Secret1\r\n', 'Secret1', ['newline-removed']],
    ['  Secret1\u00a0', 'Secret1', ['blanks-removed']],
    ['\ufeffSecret1\n', 'Secret1', ['bom-removed', 'newline-removed']],
    ['"Secret1"', 'Secret1', ['quotes-removed']],
    ['« Secret1 »', 'Secret1', ['quotes-removed']],
    [' “Secret1” \n', 'Secret1', ['blanks-removed', 'quotes-removed']],
    ['it’s “so”', 'it\'s "so"', ['quotes-straightened']],
    ['a–b—c', 'a-b-c', ['dashes-straightened']],
    ['a–b', 'a--b', ['dashes-doubled']],
    ['a – b', 'a-b', ['dashes-straightened', 'blanks-dropped']],
    ['a\u00a0b', 'a b', ['blanks-straightened']],
    ['SECRET', 'secret', ['lower-case']],
    ['secret', 'SECRET', ['upper-case']],
    ['sECRET', 'Secret', ['case-swapped']],
    ['Secret', 'secret', ['lower-case']],
    ['SecretPhrase', 'secretPhrase', ['first-letter']],
    ['Schlu\u0308ssel', 'Schlüssel', ['accents-composed']],
    ['Schlüssel', Buffer.from('Schlüssel', 'latin1'), ['latin-1']],
    ['it\'s "so"', 'it’s “so”', ['quotes-curled']],
    ['a--b', 'a–b', ['dashes-curled']],
    ['Secret1', "'Secret1'", ['apostrophes-added']],
    ['Secret1', 'Secret1\r', ['return-added']],
    ['Secret1', 'Secret1\n', ['newline-added']],
    ['536563726574', 'Secret', ['hex-decoded']],
    ['Secret', '536563726574', ['hex-encoded']],
  ] as const)('lead from %j to %j', (typed, meant, accidents) => {
    expect(accidentsFrom(typed, meant)).toEqual(accidents);
  });

  it('come after the key as typed, the fewest first, each key once', () => {
    const variants = keyVariants('Ab-“x” \n');
    expect(variants[0]).toMatchObject({ text: 'Ab-“x” \n', accidents: [] });
    const counts = variants.map(({ accidents }) => accidents.length);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(new Set(variants.map(({ bytes }) => Buffer.from(bytes).toString('hex'))).size).toBe(variants.length);
    expect(variants.length).toBeLessThanOrEqual(MOST_VARIANTS);
  });

  it('each have a sentence', () => {
    const typed = ['\ufeff “it’s–a b” \r\n', 'Schlu\u0308ssel', 'Ünder "it\'s"--x', '536563'];
    const names = new Set(typed.flatMap((text) => keyVariants(text).flatMap(({ accidents }) => accidents)));
    expect(names.size).toBeGreaterThan(20);
    expect([...names].filter((name) => !(`doctor.accident.${name}` in english))).toEqual([]);
  });
});
