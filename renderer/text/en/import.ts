export const importEn = {
  title: 'Import a list',
};
