import type { settingsEn } from '../en/settings.ts';

export const settingsFr: Readonly<Record<keyof typeof settingsEn, string>> = {
  title: 'Réglages',
};
