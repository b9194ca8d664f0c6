import type { Model } from '../../../common/values/model.ts';

/** A file that may lie in the catalogue: a flat name, letters, digits and a few signs, with an ending of firmware. */
const FILE = /^[A-Za-z0-9][\w.+-]{0,118}\.(?:loads|sbn|bin|zup|sgn)$/i;
const LOAD = /^(sip[0-9a-z_]+)\.([0-9A-Za-z-]+)\.loads$/i;

/** True for a name that the catalogue keeps and serves. */
export function isFirmwareName(name: string): boolean {
  return FILE.test(name) && !name.includes('..');
}

export interface LoadName {
  /** `sip88xx`, lower case. */
  readonly family: string;
  /** `12-0-7MPP0201-66` */
  readonly version: string;
}

/** Reads `sip88xx.12-0-7MPP0201-66.loads`; null for every other shape. */
export function readLoadName(name: string): LoadName | null {
  const [, family, version] = LOAD.exec(name) ?? [];
  return family === undefined || version === undefined ? null : { family: family.toLowerCase(), version };
}

/** What is left of a load's name without family and ending: `sip88xx.12-0-7MPP0201-66.loads` gives `12-0-7MPP0201-66`. */
export function loadVersion(text: string): string {
  return text.replace(/^sip[0-9a-z_]*\./i, '').replace(/\.loads$/i, '');
}

/**
 * Products of each family, as Cisco's release notes and public plugins tell. The 7832 has had loads of its own and is named
 * with the 7800 series by later ones; nothing public names the files of the 9800 series with certainty, so 98xx is a guess
 * that only warns.
 */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  sip88xx: ['8811', '8841', '8851', '8861'],
  sip8845_65: ['8845', '8865'],
  sip8832: ['8832'],
  sip78xx: ['7811', '7821', '7841', '7861', '7832'],
  sip7832: ['7832'],
  sip68xx: ['6841', '6851', '6861', '6871'],
  sip6821: ['6821'],
  sip98xx: ['9841', '9851', '9861', '9871'],
};

/** Four digits of the products that a family fits; empty for an unknown one. */
export function modelsOfFamily(family: string): readonly string[] {
  return FAMILIES[family.toLowerCase()] ?? [];
}

/** Families whose loads a product takes, the usual one first; empty for a product that no source tells. */
export function familiesOfModel(model: Model): readonly string[] {
  const digits = /\d{4}/.exec(model)?.[0];
  return digits === undefined ? [] : Object.keys(FAMILIES).filter((family) => FAMILIES[family]?.includes(digits));
}

/** True when a product can take loads of this family; null when no source tells. */
export function fits(model: Model, family: string): boolean | null {
  const known = modelsOfFamily(family);
  const digits = /\d{4}/.exec(model)?.[0];
  if (known.length === 0 || digits === undefined) return null;
  if (known.includes(digits)) return true;
  return familiesOfModel(model).length === 0 ? null : false;
}
