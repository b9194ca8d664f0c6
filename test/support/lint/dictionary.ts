import { readFileSync } from 'node:fs';
import { createDictionary } from '../../../main/domain/parameters/dictionary.ts';

const read = (name: string): string => readFileSync(new URL(`../../../resources/dictionary/${name}`, import.meta.url), 'utf8');

/** The dictionary that ships with the product. */
export const DICTIONARY = createDictionary(read('parameters.tsv'), read('notes.tsv'));
