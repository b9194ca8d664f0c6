import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createDictionary, type Dictionary } from '../../domain/parameters/dictionary.ts';
import { installedFiles } from '../installed.ts';

/** The parameter dictionary that ships with the program. */
export async function installedDictionary(): Promise<Dictionary> {
  const folder = join(installedFiles().resources, 'dictionary');
  const [table, notes] = await Promise.all([readFile(join(folder, 'parameters.tsv'), 'utf8'), readFile(join(folder, 'notes.tsv'), 'utf8')]);
  return createDictionary(table, notes);
}
