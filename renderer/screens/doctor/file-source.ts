/** A file as it goes to the doctor. */
export interface DoctorFile {
  readonly name: string;
  readonly bytes: number;
  readonly base64: string;
}

/** The largest file that the doctor takes, as the contract says. */
export const LARGEST = 8_000_000;
/** A key file holds one line; anything larger is another file. */
export const LARGEST_KEY = 2_000;

/** Bytes to base64 in steps: one call with millions of arguments would overflow the stack. */
export function toBase64(bytes: Uint8Array): string {
  const STEP = 0x6000;
  let text = '';
  for (let at = 0; at < bytes.length; at += STEP) text += btoa(String.fromCharCode(...bytes.subarray(at, at + STEP)));
  return text;
}

/** `00562b043615.cfg` → `00562b043615.xml`: the plaintext never takes the name of the file it came from. */
export function plainName(name: string): string {
  const stem = name.replace(/\.(?:gz|enc|cfg|xml|bin|aes)$/i, '').replace(/\.(?:cfg|xml)$/i, '');
  const plain = `${stem || 'profile'}.xml`;
  return plain === name ? `${stem}.plain.xml` : plain;
}
