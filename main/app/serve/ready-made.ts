import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReadyMade } from '../../../common/contract/views/profiles.ts';

/**
 * The profiles that ship with the app, in the order in which they are offered: the name of the file, and the own name under
 * which it is served where the names of a factory-fresh phone are not meant.
 */
const SHIPPED: readonly (readonly [name: string, path: string | null])[] = [
  ['office-line', null],
  ['first-touch', null],
  ['first-touch-8188', null],
  ['protected-line', 'p/$MA.xml'],
  ['activation-code', null],
  ['activation-code-known', null],
  ['webex', null],
  ['dns-srv', null],
  ['http-proxy', null],
];

/**
 * Reads the ready-made profiles; their words are the sentences `ready.NAME.title` and `ready.NAME.text`.
 * @param resources the folder that ships with the app
 * @throws when a file is not there: it ships with the app
 */
export function readReadyMade(resources: string): Promise<readonly ReadyMade[]> {
  return Promise.all(
    SHIPPED.map(async ([name, path]) => ({ name, path, text: await readFile(join(resources, 'templates', `${name}.xml`), 'utf8') })),
  );
}
