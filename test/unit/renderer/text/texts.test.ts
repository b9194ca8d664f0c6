import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { english, french, type Area } from '../../../../renderer/text/texts.ts';

const root = fileURLToPath(new URL('../../../../renderer', import.meta.url));
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !/^text[\\/](en|fr)[\\/]/.test(file))
  .map((file) => readFileSync(join(root, file), 'utf8'))
  .join('\n');
const areas = Object.keys(english) as Area[];
const entries = (texts: Record<Area, Readonly<Record<string, string>>>) => areas.flatMap((area) => Object.entries(texts[area]).map(([key, text]) => ({ area, key, text })));
const places = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).toSorted();

describe('the words of the interface', () => {
  it('are the same set in both languages', () => {
    for (const area of areas) expect(Object.keys(french[area]).toSorted()).toEqual(Object.keys(english[area]).toSorted());
  });

  it('have the same places in both languages', () => {
    for (const { area, key, text } of entries(english)) {
      expect(places((french[area] as Record<string, string>)[key] ?? ''), `${area} ${key}`).toEqual(places(text));
    }
  });

  it('are all used somewhere', () => {
    const plain = (key: string) => key.replace(/_(one|other)$/, '');
    const unused = entries(english).filter(({ area, key }) => area !== 'causes' && !mentioned(plain(key)));
    expect(unused.map(({ area, key }) => `${area} ${key}`)).toEqual([]);
  });

  it('never beg, cheer or shout', () => {
    for (const { area, key, text } of [...entries(english), ...entries(french)]) {
      expect(text, `${area} ${key}`).not.toMatch(/!|\bplease\b|successful|\boops\b|\bOK\b|s’il vous plaît|avec succès/i);
    }
  });

  it('keep French typography: narrow space before ? ; %, no-break space before a colon and inside « »', () => {
    for (const { area, key, text } of entries(french)) {
      const bare = text.replaceAll(/\{\{\w+\}\}/g, 'x').replaceAll(/[a-z]+:[\w*]/g, 'x');
      expect(bare, `${area} ${key}`).not.toMatch(/[^\u202f][?;%]/);
      expect(bare, `${area} ${key}`).not.toMatch(/[^\u00a0]:(?:\s|$)/);
      expect(bare, `${area} ${key}`).not.toMatch(/«[^\u00a0]|[^\u00a0]»/);
      expect(bare, `${area} ${key}`).not.toMatch(/\p{L}'\p{L}/u);
    }
  });
});

/** The key stands in the sources as it is, or is composed: `stage.${stage}`. */
function mentioned(key: string): boolean {
  if (sources.includes(`'${key}'`)) return true;
  const parts = key.split('.');
  return parts.some((_, at) => at > 0 && (sources.includes(`\`${parts.slice(0, at).join('.')}.\${`) || sources.includes(`}.${parts.slice(at).join('.')}\``)));
}
