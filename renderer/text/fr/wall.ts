import type { wallEn } from '../en/wall.ts';

export const wallFr: Readonly<Record<keyof typeof wallEn, string>> = {
  title: 'Mural',
  'of.proved': 'prouvés',
  'of.resynced': 'resynchronisés',
  'of.reported': 'rapportés',
  'of.other': 'terminés',
  working: 'en cours',
  'needs_one': 'à traiter',
  'needs_other': 'à traiter',
  'plug': 'à brancher',
  ends: 'fin à',
  writing: 'écriture\u00a0: ne pas débrancher',
  page: 'Page {{page}} sur {{pages}}',
  leave: 'Retour au banc',
  none: 'Aucun téléphone n’est encore inscrit',
  'none.text': 'Les téléphones inscrits apparaissent ici, lisibles de loin.',
};
