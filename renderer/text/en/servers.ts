export const serversEn = {
  title: 'Servers',
};
