/** The firmware catalogue: what is refused, and why. */
export const firmwareEn = {
  'firmware.not-found': '{file} is not there. Give its whole path.',
  'firmware.not-a-file': '{file} is neither a file nor a folder. Links are not followed.',
  'firmware.zip-damaged': '{file} is damaged: {cause}. Download it again.',
  'firmware.zip-unsafe': '{file} holds a link or a name that leads out of it ({cause}). It is refused whole.',
  'firmware.zip-encrypted': '{file} is encrypted. Unpack it first, then add the folder.',
  'firmware.zip-bomb': '{file} unpacks to far more than it should ({name}). It is refused whole.',
  'firmware.too-large': '{name} has more than {limit} bytes. No firmware is that large.',
  'firmware.disk-full': 'There is no room for {name}. Make room on the disk, then add it again.',
  'firmware.other-content': 'Another {name} is here already. Compare the two, or add it to replace the old one.',
  'firmware.in-use': '{name} is asked for by {by}. Change that first.',
  'firmware.unknown': 'No load is called {name}.',
  'firmware.stopped': '{name} was stopped on its way in. Nothing of it is kept.',
  'firmware.write-failed': '{name} cannot be written: {cause}.',
};

export const firmwareFr: Readonly<Record<keyof typeof firmwareEn, string>> = {
  'firmware.not-found': '{file} est introuvable. Donner son chemin entier.',
  'firmware.not-a-file': '{file} n’est ni un fichier ni un dossier. Les liens ne sont pas suivis.',
  'firmware.zip-damaged': '{file} est endommagé : {cause}. Le télécharger à nouveau.',
  'firmware.zip-unsafe': '{file} contient un lien ou un nom qui en sort ({cause}). Il est refusé en entier.',
  'firmware.zip-encrypted': '{file} est chiffré. Le décompresser, puis ajouter le dossier.',
  'firmware.zip-bomb': '{file} se décompresse en bien plus que prévu ({name}). Il est refusé en entier.',
  'firmware.too-large': '{name} dépasse {limit} octets. Aucun micrologiciel n’est si grand.',
  'firmware.disk-full': 'Il n’y a pas de place pour {name}. Libérer le disque, puis l’ajouter à nouveau.',
  'firmware.other-content': 'Un autre {name} est déjà ici. Comparer les deux, ou remplacer l’ancien.',
  'firmware.in-use': '{name} est demandé par {by}. Changer cela d’abord.',
  'firmware.unknown': 'Aucun fichier .loads ne s’appelle {name}.',
  'firmware.stopped': '{name} a été arrêté en chemin. Rien n’en est conservé.',
  'firmware.write-failed': '{name} ne peut être écrit : {cause}.',
};
