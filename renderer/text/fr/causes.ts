import type { causesEn } from '../en/causes.ts';

export const causesFr: Readonly<Record<keyof typeof causesEn, string>> = {
  'tile.phone.resync-failed': 'Profil refusé',
  'tile.phone.upgrade-failed': 'Micrologiciel non chargé',
  'tile.phone.transfer-broken': 'Arrêt en plein fichier',
  'tile.profile.no-template': 'Aucun modèle ne convient',
  'tile.profile.variable-missing': '{{variable}} manque',
  'tile.profile.not-xml': 'Modèle non XML',
  'tile.file.enterprise-load': 'Micrologiciel non MPP',
  'tile.file.not-enrolled': 'Non inscrit',
  'tile.file.not-found': 'Demande un fichier non servi',
  'tile.file.other-phone': 'Demande pour un autre',
  'wall.phone.resync-failed': 'Refusé',
  'wall.phone.upgrade-failed': 'Non chargé',
  'wall.phone.transfer-broken': 'Arrêté',
  'wall.profile.no-template': 'Sans modèle',
  'wall.profile.variable-missing': 'Incomplet',
  'wall.profile.not-xml': 'Modèle faux',
  'wall.file.enterprise-load': 'Non MPP',
  'wall.file.not-enrolled': 'Non inscrit',
  'wall.file.not-found': 'Sans fichier',
  'wall.file.other-phone': 'Autre MAC',
};
