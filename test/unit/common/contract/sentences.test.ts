import { describe, expect, it } from 'vitest';
import { english } from '../../../../common/contract/sentences/en.ts';
import { french } from '../../../../common/contract/sentences/fr.ts';

const places = (text: string) => (text.match(/\{\w+\}/g) ?? []).toSorted();

describe('the sentences of the contract', () => {
  it('have the same places in both languages', () => {
    for (const [code, text] of Object.entries(english)) expect(places((french as Readonly<Record<string, string>>)[code] ?? ''), code).toEqual(places(text));
  });

  it('keep French typography: narrow space before ? ! ; and %, no-break space before a colon and inside « »', () => {
    for (const [code, text] of Object.entries(french)) {
      // What is to be written letter by letter keeps its own signs: `&amp;`, a header, a rule.
      const bare = text.replaceAll(/&[#\w{}]+;|\]\]&gt;|[A-Z][\w-]*: (?=aes128gcm)|"valeur";/g, 'x').replaceAll(/\{\w+\}/g, 'x');
      expect(bare, code).not.toMatch(/ [?!;%](?:\s|[.,)»]|$)/);
      expect(bare, code).not.toMatch(/\p{L}[?!;%](?:\s|$)/u);
      expect(bare, code).not.toMatch(/[^\u00a0]:(?:\s|$)/);
      expect(bare, code).not.toMatch(/«[^\u00a0]|[^\u00a0]»/);
      expect(bare, code).not.toMatch(/\p{L}'\p{L}/u);
    }
  });

  it('beg and shout in neither language', () => {
    for (const [code, text] of [...Object.entries(english), ...Object.entries(french)]) {
      expect(text, code).not.toMatch(/\bplease\b|successful|\boops\b|\bOK\b|s’il vous plaît|avec succès/i);
    }
  });
});
