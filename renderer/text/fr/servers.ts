import type { serversEn } from '../en/servers.ts';

export const serversFr: Readonly<Record<keyof typeof serversEn, string>> = {
  title: 'Serveurs',
};
