/** A terminal obeys control characters, and shows text in another order after bidi marks: strangers must not use either. */
export function harmless(text: string): string {
  return text.replaceAll(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');
}
