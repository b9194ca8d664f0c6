/** Files that a browser sends to the bench. */
export const uploadEn = {
  'upload.busy': 'Another file is on its way to this bench. Add this one when it is done.',
  'upload.broken': '{name} broke off on its way. Nothing of it is kept: add it again.',
  'upload.wrong-name': 'The name of this file cannot be kept. Give it letters, digits, dots and hyphens.',
  'upload.too-large': '{name} is larger than 4 GB. No firmware is that large.',
  'upload.unreadable': 'The browser cannot read what was dropped. Choose the files or the folder instead.',
  'upload.no-length': 'The browser does not say how large {name} is. Use dialbench firmware add.',
  'upload.refused': 'The bench refused the file ({status}). Open its whole address again.',
};

export const uploadFr: Readonly<Record<keyof typeof uploadEn, string>> = {
  'upload.busy': 'Un autre fichier arrive déjà sur ce banc. Ajouter celui-ci ensuite.',
  'upload.broken': '{name} s’est interrompu en chemin. Rien n’en est conservé : l’ajouter à nouveau.',
  'upload.wrong-name': 'Ce nom de fichier ne peut être gardé. Lettres, chiffres, points et traits d’union.',
  'upload.too-large': '{name} dépasse 4 Go. Aucun micrologiciel n’est si grand.',
  'upload.unreadable': 'Le navigateur ne peut lire ce qui a été déposé. Choisir les fichiers ou le dossier.',
  'upload.no-length': 'Le navigateur ne dit pas la taille de {name}. Utiliser dialbench firmware add.',
  'upload.refused': 'Le banc a refusé le fichier ({status}). Rouvrir son adresse entière.',
};
