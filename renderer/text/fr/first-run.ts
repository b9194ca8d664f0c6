import type { firstRunEn } from '../en/first-run.ts';

export const firstRunFr: Readonly<Record<keyof typeof firstRunEn, string>> = {
  title: 'Un premier téléphone au vert',
};
