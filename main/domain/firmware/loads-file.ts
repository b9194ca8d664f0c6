import { isFirmwareName } from './names.ts';

/** What a `.loads` list says, as far as it can be read without Cisco's own description of it. */
export interface LoadsFile {
  /** Names of images in their order, each once, the list itself left out. */
  readonly siblings: readonly string[];
  /** `[PLATFORM_n]` sections and what stands in them, empty where the list has none. */
  readonly platforms: readonly { readonly name: string; readonly siblings: readonly string[] }[];
}

/** A list has some kB; a signature and certificates stand around its text. */
export const LARGEST_LIST = 1_000_000;
/** Runs of printable ASCII: the text between the signature's bytes. */
const PRINTABLE = /[\x20-\x7e\t\r\n]{4,}/g;
const TOKEN = /\[([A-Za-z][\w. -]{0,60})\]|([A-Za-z0-9][\w.+-]{0,118}\.(?:sbn|bin|zup|sgn|loads))(?![\w.])/gi;

/**
 * Reads a `.loads` file. It is signed text whose format no public source describes, so nothing but names is believed: every
 * printable file name that looks like firmware, and the section it stands in. Total: any bytes give an answer.
 * @param own the list's own name, which it may mention
 */
export function readLoads(bytes: Uint8Array, own: string): LoadsFile {
  const text = Buffer.from(bytes.subarray(0, LARGEST_LIST)).toString('latin1');
  const siblings = new Set<string>();
  const platforms = new Map<string, Set<string>>();
  let platform: Set<string> | null = null;
  for (const { 0: run } of text.matchAll(PRINTABLE)) {
    for (const [, section, name] of run.matchAll(TOKEN)) {
      if (section !== undefined) {
        platform = platforms.get(section) ?? new Set();
        platforms.set(section, platform);
      } else if (name !== undefined && isFirmwareName(name) && name.toLowerCase() !== own.toLowerCase()) {
        siblings.add(name);
        platform?.add(name);
      }
    }
  }
  return {
    siblings: [...siblings],
    platforms: Array.from(platforms, ([name, own]) => ({ name, siblings: [...own] })).filter(({ siblings: some }) => some.length > 0),
  };
}
