/** Stands for any secret, whatever its length. */
export const MASK = '••••••';

const SECRET_NAME = /Passw(?:or)?d|Passphrase|Secret|wepKey|IKM_|GPP_S[A-D]|(?:^|_)pwd(?:_|$)/i;
const ELEMENT = /<([A-Za-z_][\w.-]*)((?:\s[^<>]*)?)>([\s\S]*?)<\/\1\s*>/g;
const IN_RULE = /(--(?:key|pwd)\s+)("[^"]*"|&quot;[\s\S]*?&quot;|[^\s\]]+)/gi;
const IN_URL = /([a-z][a-z0-9+.-]*:\/\/[^\s/:@<>]*:)[^\s/@<>]+(?=@)/gi;
const IN_QUERY = /([?&;](?:amp;)?(?:x?password|x?pwd|passwd|key|token)=)[^\s&<>"']+/gi;
/** A key may come out of a register: `--key $B` makes GPP_B a secret. */
const REGISTER = /--(?:key|pwd)\s+(?:"|&quot;)?\$\(?([A-P])\b/g;
const PLACES_ONLY = /^(?:\s|\{\{[^{}]*\}\})*$/;

/** True for names of parameters, columns and variables that carry a secret. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) || /^(?:pin|key|token)$|(?:^|[_\s-])(?:pin|token)(?:[_\s-]|$)/i.test(name);
}

/**
 * Replaces every secret of a profile or template by one fixed sign, so that it can be shown and kept: values of elements
 * with secret names (commented-out ones too), arguments of `--key` and `--pwd` in rules, the registers those arguments
 * name, passwords in URLs. A value that is nothing but template places holds no secret and stays.
 */
export function maskSecrets(xml: string): string {
  const registers = new Set(Array.from(xml.matchAll(REGISTER), (match) => `GPP_${match[1] ?? ''}`));
  return maskUrls(maskElements(xml, registers)).replaceAll(IN_RULE, (whole, option: string, value: string) =>
    /^(?:"|&quot;)?\$/.test(value) ? whole : option + MASK,
  );
}

/**
 * Replaces passwords inside URLs of any text, a request's path or a line of syslog: `http://user:password@host`, and the
 * `xpassword=` with which a phone's direct actions are called.
 */
export function maskUrls(text: string): string {
  if (!text.includes('@') && !text.includes('=')) return text;
  return text.replaceAll(IN_URL, (_, before: string) => before + MASK).replaceAll(IN_QUERY, (_, before: string) => before + MASK);
}

/** The values of a phone's variables as they may be shown. */
export function maskVariables(variables: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, isSecretName(name) ? MASK : value]));
}

function maskElements(xml: string, registers: ReadonlySet<string>): string {
  return xml.replaceAll(ELEMENT, (whole, name: string, attributes: string, content: string) => {
    if (SECRET_NAME.test(name) || registers.has(name)) {
      return PLACES_ONLY.test(content) ? whole : `<${name}${attributes}>${MASK}</${name}>`;
    }
    return content.includes('<') ? `<${name}${attributes}>${maskElements(content, registers)}</${name}>` : whole;
  });
}
