/** Waves of firmware: why a phone waits, is held or cannot go on, each with the next step. */
export const waveEn = {
  'wave.silent': 'It was told {times} times and never came. Switch it off and on, or open its web page.',
  'wave.rule-missing': 'Its profile asks for no firmware. Put {{bench_upgrade_rule}} into its template.',
  'wave.rule-ignored': 'It took the rule but not {load}. End its call, or switch it off and on.',
  'wave.refused': 'The phone says: {error}. It is told again, behind the others.',
  'wave.not-back': 'It took {load} and never came back. Look at its display, then switch it off and on.',
  'wave.list-only': 'It read {load} and took no image. Check that this load is made for its model.',
  'wave.other-version': 'It shows {version} after {load}. Look for another upgrade rule, then release it.',
  'wave.already': 'It is in the wave that runs.',
  'wave.other-target': 'A wave leads {family} to {target} now. Wait for its end, or cancel it.',
  'wave.cancelled': 'A person took it out of the wave. Push it again to go on.',
  'wave.loop-incomplete': '{file} broke off at {percent} %, {times} times. Check power and cable, then release it.',
  'wave.loop-same-version': 'It takes {load} and comes back with {version}. Check its model and its log, release it.',
  'wave.loop-list': 'It read {load} {times} times and took no image. Check that the load fits its model.',
  'wave.loop-refused': 'It says again and again: {error}. Mend that, then release it.',
};

export const waveFr: Readonly<Record<keyof typeof waveEn, string>> = {
  'wave.silent': 'Averti {times} fois, il n’est pas venu. L’éteindre et rallumer, ou ouvrir sa page web.',
  'wave.rule-missing': 'Son profil ne demande rien. Mettre {{bench_upgrade_rule}} dans son modèle.',
  'wave.rule-ignored': 'Il a pris la règle, pas {load}. Finir son appel, ou l’éteindre et rallumer.',
  'wave.refused': 'Le téléphone dit : {error}. Il sera averti à nouveau, après les autres.',
  'wave.not-back': 'Il a pris {load} et n’est pas revenu. Voir son écran, puis l’éteindre et rallumer.',
  'wave.list-only': 'Il a lu {load} sans prendre d’image. Vérifier que ce fichier convient à son type.',
  'wave.other-version': 'Il montre {version} après {load}. Chercher une autre règle, puis le libérer.',
  'wave.already': 'Il est dans la vague en cours.',
  'wave.other-target': 'Une vague mène {family} à {target}. Attendre sa fin, ou l’annuler.',
  'wave.cancelled': 'Il a été retiré de la vague. Le pousser à nouveau pour continuer.',
  'wave.loop-incomplete': '{file} s’arrête à {percent} %, {times} fois. Voir courant et câble, puis le libérer.',
  'wave.loop-same-version': 'Il prend {load} et revient en {version}. Voir son type et son journal, le libérer.',
  'wave.loop-list': 'Il a lu {load} {times} fois sans prendre d’image. Vérifier que le type convient.',
  'wave.loop-refused': 'Il dit encore et encore : {error}. Corriger cela, puis le libérer.',
};
