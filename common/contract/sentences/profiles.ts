/** Templates, keys and reports as the host refuses or tells them. */
export const profilesEn = {
  'template.changed': 'Somebody saved version {version} of {name} meanwhile. Compare, then save again.',
  'template.path-wrong': '{path} is no name that a phone can ask for. Write it like b/$MA.xml.',
  'profile.needs-http': 'RFC 8188 needs a header of HTTP, TFTP has none. Give the phone an http address.',
  'profile.key-missing': 'No key {owner} is kept here. Make one, or choose another protection.',
  'key.shown': 'This key was shown before. Ask again if it was not written down.',
  'key.unknown': 'This key is not kept here any more.',
  'key.unusable': 'A key has 1 to 512 signs and no line break inside.',
  'phone.report-differs': 'Parameters that the phone holds otherwise than it was served: {count}. Look under Reported.',
  'report.unreadable': 'What the phone sent is no profile that can be read.',
  'report.too-large': 'What the phone sent has {bytes} bytes: kept, but not read.',
};

export const profilesFr: Readonly<Record<keyof typeof profilesEn, string>> = {
  'template.changed': 'La version {version} de {name} a été enregistrée entre-temps. Comparer, puis enregistrer.',
  'template.path-wrong': '{path} n’est pas un nom qu’un téléphone peut demander. L’écrire comme b/$MA.xml.',
  'profile.needs-http': 'RFC 8188 demande un en-tête HTTP, TFTP n’en a pas. Donner une adresse http au téléphone.',
  'profile.key-missing': 'Aucune clé {owner} n’est conservée ici. En créer une, ou changer de protection.',
  'key.shown': 'Cette clé a déjà été montrée. La redemander si elle n’a pas été notée.',
  'key.unknown': 'Cette clé n’est plus conservée ici.',
  'key.unusable': 'Une clé compte de 1 à 512 signes, sans saut de ligne.',
  'phone.report-differs': 'Paramètres que le téléphone tient autrement que servis : {count}. Voir Rapporté.',
  'report.unreadable': 'Ce que le téléphone a envoyé n’est pas un profil lisible.',
  'report.too-large': 'Le téléphone a envoyé {bytes} octets : conservés, mais non lus.',
};
