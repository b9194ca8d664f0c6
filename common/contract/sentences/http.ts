/** Sentences of the HTTP data plane: conditional requests. */
export const httpEn = {
  'http.condition': 'It wanted to go on with other content than there is now.',
} as const;

export const httpFr = {
  'http.condition': 'Il voulait poursuivre un autre contenu que celui d’aujourd’hui.',
} as const;
