import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../../../renderer', import.meta.url));
const files = readdirSync(root, { recursive: true, encoding: 'utf8' });
const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** What the scripts take of each module: names, and whether some are computed (`styles[kind]`). */
const taken = new Map<string, { readonly names: Set<string>; computed: boolean }>();
for (const file of files.filter((each) => /\.tsx?$/.test(each))) {
  const text = read(file);
  for (const [, name = '', path = ''] of text.matchAll(/import (\w+) from '([^']+\.module\.css)'/g)) {
    const module = normalize(join(dirname(file), path));
    const use = taken.get(module) ?? { names: new Set<string>(), computed: false };
    for (const match of text.replaceAll(/^import .*$/gm, '').matchAll(new RegExp(`\\b${name}\\.(\\w+)|\\b${name}\\['([\\w-]+)'\\]`, 'g'))) use.names.add(match[1] ?? match[2] ?? '');
    use.computed ||= new RegExp(`\\b${name}\\[[^'\\]]`).test(text);
    taken.set(module, use);
  }
}

/** Classes of a module: those that its selectors name, without `:global(…)`. */
function classesOf(css: string): ReadonlySet<string> {
  const selectors = css.replaceAll(/\/\*[\s\S]*?\*\/|:global\([^)]*\)/g, '').match(/[^{};]+(?=\{)/g) ?? [];
  return new Set(selectors.flatMap((selector) => [...selector.matchAll(/\.([A-Za-z_][\w-]*)/g)].map((match) => match[1] ?? '')));
}

/** Classes that another module builds on: `composes: page from '…'`. */
const composed = new Set(files.filter((each) => each.endsWith('.module.css')).flatMap((file) => [...read(file).matchAll(/composes:\s*([^;]+?)(?:\s+from\s+['"]([^'"]+)['"])?;/g)].flatMap((match) =>
  (match[1] ?? '').split(/\s+/).map((name) => `${match[2] === undefined ? file : normalize(join(dirname(file), match[2]))} ${name}`))));

describe.each(files.filter((each) => each.endsWith('.module.css')).toSorted())('the classes of %s', (file) => {
  const classes = classesOf(read(file));
  const { names, computed } = taken.get(normalize(file)) ?? { names: new Set<string>(), computed: false };

  it('exist where a script names them', () => {
    expect([...names].filter((name) => !classes.has(name))).toEqual([]);
  });

  // Of a module that a script reads by a computed name (`styles[kind]`) nobody can tell which classes are used.
  if (!computed) it('are all used', () => {
    expect([...classes].filter((name) => !names.has(name) && !composed.has(`${file} ${name}`))).toEqual([]);
  });
});
