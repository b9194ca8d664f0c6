import type { FirmwareFile, FirmwareLoad } from '../../../common/values/firmware.ts';
import type { Model } from '../../../common/values/model.ts';
import { modelsOfFamily, readLoadName } from './names.ts';

/** A `.loads` file of the catalogue with the names it was read to hold. */
export interface ListedLoad {
  readonly name: string;
  readonly siblings: readonly string[];
}

/**
 * Puts lists and images together. A sibling counts as there under its exact name: phones ask for it as the list spells it,
 * and TFTP names are case-sensitive.
 * @param usedBy names of what refers to a load
 */
export function assembleLoads(
  lists: readonly ListedLoad[],
  files: readonly FirmwareFile[],
  usedBy: (load: string) => readonly string[],
): readonly FirmwareLoad[] {
  const byName = new Map(files.map((file) => [file.name, file]));
  return lists.map(({ name, siblings }) => {
    const read = readLoadName(name);
    const held = [name, ...siblings].flatMap((one) => byName.get(one) ?? []);
    const missing = siblings.filter((one) => (byName.get(one)?.state ?? 'missing') === 'missing');
    return {
      name,
      family: read?.family ?? '',
      version: read?.version ?? name.replace(/\.loads$/i, ''),
      models: read ? modelsOfFamily(read.family).map((digits) => `CP-${digits}${digits.startsWith('98') ? '' : '-3PCC'}` as Model) : [],
      siblings, missing,
      files: held,
      bytes: held.reduce((sum, { bytes }) => sum + bytes, 0),
      complete: siblings.length > 0 && missing.length === 0 && held.every(({ state }) => state === 'present'),
      usedBy: usedBy(name),
    };
  });
}
