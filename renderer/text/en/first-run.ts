export const firstRunEn = {
  title: 'Make the first phone green',
};
