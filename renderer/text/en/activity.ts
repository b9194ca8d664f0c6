export const activityEn = {
  title: 'Activity',
};
