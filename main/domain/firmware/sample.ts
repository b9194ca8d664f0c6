import { LARGEST_LIST } from './loads-file.ts';
import { readLoadName } from './names.ts';

const MARK = 'SAMPLE made by Dialbench, not signed, no phone takes it';

/** A made-up file of a made-up load. */
export interface SampleFile {
  readonly name: string;
  readonly bytes: number;
  /** The text of the list; null for an image, which is random bytes. */
  readonly text: string | null;
}

/** What the list of a sample says of one image. Real lists are signed; nothing public says what they hold of their images. */
export interface SampleCheck {
  readonly bytes: number;
  readonly sha256: string;
}

/** Images of an 8851 as a field note saw them fetched, with their share of a load's size. */
const IMAGES = [['rootfs2', 0.86], ['kern2', 0.09], ['sb2', 0.03], ['ssb2', 0.02]] as const;

/**
 * The files of a load that is none: names, number and sizes as real ones have them, content that no phone takes. Real loads
 * may not be passed on, so tests, demo and measurements use these.
 * @param load `sip88xx.12-0-7MPP0201-66.loads`
 * @param bytes of all images together
 * @param sha256Of once the images are made: then the list carries size and hash of each, for a virtual phone to check
 */
export function sampleFiles(load: string, bytes: number, sha256Of?: (name: string) => string): readonly SampleFile[] | null {
  const read = readLoadName(load);
  if (!read) return null;
  const product = read.family.replace(/^sip/, '');
  const images = IMAGES.map(([kind, share]) => ({ name: `${kind}${product}.${read.version}.sbn`, bytes: Math.max(1, Math.round(bytes * share)), text: null }));
  const lines = images.map(({ name, bytes: size }) => (sha256Of ? `${name} ${size} sha256:${sha256Of(name)}` : name));
  const text = [MARK, '[PLATFORM_1]', ...lines, ''].join('\n');
  return [{ name: load, bytes: Buffer.byteLength(text), text }, ...images];
}

/** Sizes and hashes that the list of a sample carries, by image name; empty for every other list. */
export function sampleChecks(list: Uint8Array): ReadonlyMap<string, SampleCheck> {
  const text = Buffer.from(list.subarray(0, LARGEST_LIST)).toString('latin1');
  const checks = new Map<string, SampleCheck>();
  if (!text.startsWith(MARK)) return checks;
  for (const [, name, size, sha256] of text.matchAll(/^(\S{1,120}) (\d{1,15}) sha256:([0-9a-f]{64})$/gm)) {
    if (name !== undefined && sha256 !== undefined) checks.set(name, { bytes: Number(size), sha256 });
  }
  return checks;
}
