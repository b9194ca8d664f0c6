import { readLoadName } from './names.ts';

/** A made-up file of a made-up load. */
export interface SampleFile {
  readonly name: string;
  readonly bytes: number;
  /** The text of the list; null for an image, which is random bytes. */
  readonly text: string | null;
}

/** Images of an 8851 as a field note saw them fetched, with their share of a load's size. */
const IMAGES = [['rootfs2', 0.86], ['kern2', 0.09], ['sb2', 0.03], ['ssb2', 0.02]] as const;

/**
 * The files of a load that is none: names, number and sizes as real ones have them, content that no phone takes. Real loads
 * may not be passed on, so tests, demo and measurements use these.
 * @param load `sip88xx.12-0-7MPP0201-66.loads`
 * @param bytes of all images together
 */
export function sampleFiles(load: string, bytes: number): readonly SampleFile[] | null {
  const read = readLoadName(load);
  if (!read) return null;
  const product = read.family.replace(/^sip/, '');
  const images = IMAGES.map(([kind, share]) => ({ name: `${kind}${product}.${read.version}.sbn`, bytes: Math.max(1, Math.round(bytes * share)), text: null }));
  const text = ['SAMPLE made by Dialbench, not signed, no phone takes it', '[PLATFORM_1]', ...images.map(({ name }) => name), ''].join('\n');
  return [{ name: load, bytes: Buffer.byteLength(text), text }, ...images];
}
