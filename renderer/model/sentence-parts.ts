/** A sentence cut after its first stop: what happened, then why and what to do. */
export function cutSentence(sentence: string): { readonly what: string; readonly fix: string } {
  const at = /(?<=[\p{L}\d)»”])\.\s/u.exec(sentence);
  return at ? { what: sentence.slice(0, at.index + 1), fix: sentence.slice(at.index + at[0].length) } : { what: sentence, fix: '' };
}
