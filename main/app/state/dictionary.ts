import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createDictionary, type Dictionary } from '../../domain/parameters/dictionary.ts';

/** The parameter dictionary that ships with the app, read at the first question. */
export type DictionaryShelf = () => Promise<Dictionary>;

/** A reading that failed is tried again at the next question. */
export function dictionaryShelf(resources: string): DictionaryShelf {
  let answer: Promise<Dictionary> | null = null;
  return () => {
    answer ??= readDictionary(resources).catch((error: unknown) => {
      answer = null;
      throw error;
    });
    return answer;
  };
}

/** Both tables of the dictionary in the folder of resources. */
export async function readDictionary(resources: string): Promise<Dictionary> {
  const folder = join(resources, 'dictionary');
  const [table, notes] = await Promise.all([readFile(join(folder, 'parameters.tsv'), 'utf8'), readFile(join(folder, 'notes.tsv'), 'utf8')]);
  return createDictionary(table, notes);
}

/** Factory value of a parameter: what a phone holds after a reset element. null where no source tells. */
export function factoryOf(dictionary: Dictionary): (name: string) => string | null {
  return (name) => dictionary.find(name)?.entry.factory ?? null;
}
