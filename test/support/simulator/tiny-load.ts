import { createHash } from 'node:crypto';
import { sampleFiles } from '../../../main/domain/firmware/sample.ts';
import { seededRandom } from '../../../main/simulator/random.ts';

/** The files of a made-up load by name, its list with the sizes and hashes of the images. */
export function tinyLoad(version: string, bytes: number): ReadonlyMap<string, Buffer> {
  const name = `${version}.loads`;
  const files = new Map<string, Buffer>();
  const random = seededRandom(bytes);
  for (const image of sampleFiles(name, bytes) ?? []) {
    if (image.text === null) files.set(image.name, Buffer.from(Uint8Array.from({ length: image.bytes }, () => Math.floor(random() * 256))));
  }
  const sha256Of = (image: string): string => createHash('sha256').update(files.get(image) ?? '').digest('hex');
  const list = sampleFiles(name, bytes, sha256Of)?.find(({ text }) => text !== null)?.text;
  return new Map([[name, Buffer.from(list ?? '')], ...files]);
}
