import { readDictionary } from '../../app/state/dictionary.ts';
import type { Dictionary } from '../../domain/parameters/dictionary.ts';
import { installedFiles } from '../installed.ts';

/** The parameter dictionary that ships with the program. */
export function installedDictionary(): Promise<Dictionary> {
  return readDictionary(installedFiles().resources);
}
