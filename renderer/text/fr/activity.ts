import type { activityEn } from '../en/activity.ts';

export const activityFr: Readonly<Record<keyof typeof activityEn, string>> = {
  title: 'Activité',
};
