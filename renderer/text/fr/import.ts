import type { importEn } from '../en/import.ts';

export const importFr: Readonly<Record<keyof typeof importEn, string>> = {
  title: 'Importer une liste',
};
