import { profilesEn } from '../../../text/en/profiles.ts';
import type { ProfilesText } from '../scope-words.ts';

/** A parameter in plain words; one that we have no words for keeps its name, without its line. */
export function labelOf(name: string, t: ProfilesText): string {
  const key = `field.${name.replace(/_\d+_$/, '')}`;
  return isLabel(key) ? t(key) : name.replace(/_\d+_$/, '').replaceAll('_', ' ');
}

type LabelKey = Extract<keyof typeof profilesEn, `field.${string}`>;

function isLabel(key: string): key is LabelKey {
  return Object.hasOwn(profilesEn, key);
}
