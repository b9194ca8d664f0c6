/** Stands for any secret, whatever its length. */
export const MASK = '••••••';

const SECRET_NAME = /Passw(?:or)?d|Passphrase|Secret|wepKey|IKM_|GPP_S[A-D]|(?:^|_)pwd(?:_|$)/i;
const OPENING = /<([A-Za-z_][\w.-]*)((?:\s[^<>]*)?)>/g;
const CLOSING = /<\/([A-Za-z_][\w.-]*)\s*>/g;
const IN_RULE = /(--(?:key|pwd)\s+)("[^"]*"|&quot;[\s\S]*?&quot;|[^\s\]]+)/gi;
/** Begins at `://`, not at the scheme: a long run of letters must not be read again from each of them. A line may be cut inside the password. */
const IN_URL = /(:\/\/[^\s/:@<>]*:)(?!\d{1,5}$)[^\s/@<>]+(?=@|$)/g;
const IN_QUERY = /((?:[?&;]|%3f|%26|%3b)(?:amp;)?(?:x?password|x?pwd|passwd|key|token)(?:=|%3d))[^\s&<>"']+/gi;
/** A key may come out of a register: `--key $B` makes GPP_B a secret. */
const REGISTER = /--(?:key|pwd)\s+(?:"|&quot;)?\$\(?([A-P])\b/g;
const PLACES_ONLY = /^(?:\s|\{\{[^{}]*\}\})*$/;

/** True for names of parameters, columns and variables that carry a secret. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) || /^(?:pin|key|ikm|token)$|(?:^|[_\s-])(?:pin|token)(?:[_\s-]|$)/i.test(name);
}

/**
 * Replaces every secret of a profile or template by one fixed sign, so that it can be shown and kept: values of elements
 * with secret names (commented-out ones too), arguments of `--key` and `--pwd` in rules, the registers those arguments
 * name, passwords in URLs. A value that is nothing but template places holds no secret and stays.
 */
export function maskSecrets(xml: string): string {
  return maskText(maskElements(xml, secretRegisters(xml)));
}

/** The registers from which a profile's rules take a key or a password: `--key $B` gives `GPP_B`. */
export function secretRegisters(xml: string): ReadonlySet<string> {
  return new Set(Array.from(xml.matchAll(REGISTER), (match) => `GPP_${match[1] ?? ''}`));
}

/** True for a value that is nothing but template places: it holds no secret yet. */
export function isPlacesOnly(value: string): boolean {
  return PLACES_ONLY.test(value);
}

/**
 * Replaces secrets in any text, a request's path or a line of syslog: passwords inside URLs (`http://user:password@host`),
 * the `xpassword=` with which a phone's direct actions are called, `--key` and `--pwd` of a rule that a phone repeats.
 * The time is linear in the length: the text comes from strangers.
 */
export function maskText(text: string): string {
  if (!text.includes('://') && !text.includes('--') && !/=|%3d/i.test(text)) return text;
  return text
    .replaceAll(IN_URL, (_, before: string) => before + MASK)
    .replaceAll(IN_QUERY, (_, before: string) => before + MASK)
    .replaceAll(IN_RULE, (whole, option: string, value: string) => (/^(?:"|&quot;)?\$/.test(value) ? whole : option + MASK));
}

/** The values of a phone's variables as they may be shown. */
export function maskVariables(variables: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, isSecretName(name) ? MASK : value]));
}

/** One walk over the opening tags; where each name is closed is noted before, so that nothing is searched twice. */
function maskElements(xml: string, registers: ReadonlySet<string>): string {
  const closings = closingTags(xml);
  const parts: string[] = [];
  let from = 0;
  for (const { 0: tag, 1: name = '', 2: attributes = '', index } of xml.matchAll(OPENING)) {
    if (index < from || attributes.endsWith('/') || !(SECRET_NAME.test(name) || registers.has(name))) continue;
    const begin = index + tag.length;
    const own = closings.get(name);
    while (own && (own.at(-1) ?? begin) < begin) own.pop();
    const end = own?.at(-1);
    if (end === undefined || PLACES_ONLY.test(xml.slice(begin, end))) continue;
    parts.push(xml.slice(from, begin), MASK);
    from = end;
  }
  return parts.join('') + xml.slice(from);
}

/** Offsets of the closing tags of each name, the first one last. */
function closingTags(xml: string): ReadonlyMap<string, number[]> {
  const found = new Map<string, number[]>();
  for (const { 1: name = '', index } of xml.matchAll(CLOSING)) {
    const offsets = found.get(name);
    if (offsets) offsets.push(index);
    else found.set(name, [index]);
  }
  for (const offsets of found.values()) offsets.reverse();
  return found;
}
