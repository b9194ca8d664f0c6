import type { LoadsFile } from '../domain/firmware/loads-file.ts';
import { fits, readLoadName } from '../domain/firmware/names.ts';
import type { Model } from '../../common/values/model.ts';

export type ChosenImages = { readonly ok: true; readonly names: readonly string[] } | { readonly ok: false; readonly error: string };

/**
 * The images that a phone fetches of a load: those of its own section. What tells a section's hardware no public source says;
 * here it is the family that its images are named after (`rootfs288xx.…` for sip88xx), and where no name tells one, the first
 * section. A load whose family the product is known not to take is refused before anything else is fetched.
 */
export function chooseImages(list: LoadsFile, load: string, model: Model): ChosenImages {
  const family = readLoadName(load)?.family ?? null;
  if (family !== null && fits(model, family) === false) return { ok: false, error: `${load} is not for this phone` };
  const product = family?.replace(/^sip/, '') ?? null;
  const own = (name: string): boolean => product === null || stemOf(name).endsWith(product);
  const section = list.platforms.find(({ siblings }) => siblings.every(own)) ?? list.platforms[0];
  const named = section?.siblings ?? (list.siblings.some(own) ? list.siblings.filter(own) : list.siblings);
  // A list of lists is none that a phone could write to its flash.
  const names = named.filter((name) => !/\.loads$/i.test(name));
  return names.length === 0 ? { ok: false, error: `${load} names no image` } : { ok: true, names };
}

/** The version that a list stands for: its own name, else that of its images; null where neither tells. */
export function versionOf(load: string, list: LoadsFile | null): string | null {
  if (readLoadName(load)) return load.replace(/\.loads$/i, '');
  for (const name of list?.siblings ?? []) {
    const [, product, version] = /^[a-z]+2?((?:\d{2}xx|\d{4}(?:_\d{2})?))\.([0-9A-Za-z-]+)\.sbn$/i.exec(name) ?? [];
    if (product !== undefined && version !== undefined) return `sip${product}.${version}`;
  }
  return null;
}

function stemOf(name: string): string {
  return (name.split('.')[0] ?? '').toLowerCase();
}
