import { CONTAINERS, IKM_FORMS, KEY_DIGESTS, UNPROTECTED, type IkmForm, type Protection } from '../../common/values/protection.ts';
import { wrongUsage } from './exit.ts';
import type { Flags } from './flags.ts';

export const PROTECTION_FLAGS = {
  protect: { type: 'string' }, 'key-of': { type: 'string' }, digest: { type: 'string' }, ikm: { type: 'string' },
} as const;

/** How the text of a key for RFC 8188 is read; base64url unless said. */
export function readForm(flags: Flags): IkmForm {
  return oneOf('ikm', IKM_FORMS, flags) ?? 'base64url';
}

/** The protection that the flags ask for over what was before; null when no flag speaks of it. */
export function readProtection(flags: Flags, before: Protection | null): Protection | null {
  if (Object.keys(PROTECTION_FLAGS).every((name) => flags.text(name) === undefined)) return null;
  const start = before ?? UNPROTECTED;
  const container = oneOf('protect', CONTAINERS, flags) ?? start.container;
  const owner = flags.text('key-of');
  const asked = owner === undefined ? start.key : owner === 'phone' ? 'phone' : { shared: owner };
  const needsKey = container !== 'none' && container !== 'gzip';
  if (!needsKey && owner !== undefined) throw wrongUsage(`--protect ${container} takes no key.`);
  return {
    container,
    digest: oneOf('digest', KEY_DIGESTS, flags) ?? start.digest,
    ikmForm: oneOf('ikm', IKM_FORMS, flags) ?? start.ikmForm,
    // Each phone its own key, unless one is named: a key that many phones share opens all their profiles.
    key: needsKey ? (asked ?? 'phone') : null,
  };
}

/** `gzip-aes md5, key of each phone` */
export function protectionText({ container, digest, ikmForm, key }: Protection): string {
  if (key === null) return container;
  const how = container === 'aes128gcm' ? ikmForm : digest;
  return `${container} ${how}, key of ${key === 'phone' ? 'each phone' : key.shared}`;
}

function oneOf<T extends string>(flag: string, values: readonly T[], flags: Flags): T | null {
  const text = flags.text(flag);
  if (text === undefined) return null;
  const found = values.find((value) => value === text);
  if (found === undefined) throw wrongUsage(`--${flag} takes ${values.join(', ')}, not ${JSON.stringify(text)}.`);
  return found;
}
