import { isSecretName, MASK, maskText } from './secrets.ts';

/** A register is far below this; of a longer body nothing is shown but its length. */
const LONGEST = 100_000;
/** Deeper than anybody nests by hand. */
const DEEPEST = 20;
/** Names whose values say which phone it is and how it does, without blanks and signs. Every other value may be a secret. */
const HARMLESS: ReadonlySet<string> = new Set([
  'mac', 'ma', 'mau', 'macaddress', 'model', 'pn', 'psn', 'product', 'productname', 'serial', 'sn', 'serialnumber', 'ip', 'ipaddress', 'extip',
  'version', 'firmware', 'sw', 'swver', 'softwareversion', 'hw', 'hwver', 'hardwareversion', 'ccert', 'clientcertificate', 'iscust', 'customization',
  'asset', 'state', 'status', 'prvst', 'upgst', 'upgerr', 'registrationstate', 'currenttime', 'elapsedtime', 'result', 'error', 'err', 'event', 'reason',
]);
/** What such values are made of: a key of many letters is longer. */
const SHORT = /^[\w.:/ +()-]{0,64}$/;
const PAIR = /^(\s*[A-Za-z_][\w.[\]-]{0,63}\s*)([=:]\s*)(.*)$/s;

/**
 * A body that is no configuration, whatever its form: what a `--post` register holds, a status, anything else. Names are
 * shown, values only of names that are known to be harmless; of the others their length in signs, and of a name that says
 * it is a secret not even that. A text without names is a value. The time is linear in the length.
 */
export function maskBody(text: string): string {
  if (text.length > LONGEST) return hidden(text);
  const trimmed = text.trim();
  if (/^[[{]/.test(trimmed)) return maskJson(trimmed) ?? maskLines(text);
  if (trimmed.startsWith('<')) return maskTags(text);
  return maskLines(text);
}

function shown(name: string, value: string): string {
  if (value.trim() === '') return value;
  if (isSecretName(name.trim())) return MASK;
  return HARMLESS.has(name.toLowerCase().replaceAll(/[^a-z0-9]/g, '')) && SHORT.test(value) ? maskText(value) : hidden(value);
}

function hidden(value: string): string {
  return value === '' ? '' : `${MASK}[${Array.from(value).length}]`;
}

/** `name=value&name=value`, or a pair on each line. */
function maskLines(text: string): string {
  return text.split(/(\r?\n|&)/).map((part, index) => (index % 2 === 1 ? part : maskPair(part))).join('');
}

function maskPair(text: string): string {
  const [, name, sign, value] = PAIR.exec(text) ?? [];
  if (name !== undefined && sign !== undefined && value !== undefined) return `${name}${sign}${shown(name, decoded(value))}`;
  return text.trim() === '' ? text : hidden(text);
}

/** As in a form: `%3A` and `+` stand for other signs. */
function decoded(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '));
  } catch {
    return value;
  }
}

/** null where it only looked like JSON. */
function maskJson(text: string): string | null {
  try {
    return JSON.stringify(maskValue('', JSON.parse(text), 0), null, 1);
  } catch {
    return null;
  }
}

function maskValue(name: string, value: unknown, depth: number): unknown {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value !== 'object') return shown(name, String(value));
  if (depth === DEEPEST) return MASK;
  if (Array.isArray(value)) return value.map((one) => maskValue(name, one, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, maskValue(key, one, depth + 1)]));
}

/** Elements stay, their texts and attributes do as pairs do; a comment is a text. */
function maskTags(text: string): string {
  let name = '';
  return text.replaceAll(/<[^<>]*>|[^<]+|</g, (piece) => {
    if (!piece.startsWith('<')) return piece.trim() === '' ? piece : shown(name, piece);
    name = /^<([A-Za-z_][\w.:-]{0,63})(?=[\s/>])/.exec(piece)?.[1] ?? '';
    if (/^<\/[A-Za-z_][\w.:-]{0,63}\s*>$/.test(piece) || /^<\?xml [\w.="' -]{0,80}\?>$/.test(piece)) return piece;
    if (name === '') return hidden(piece);
    const inside = piece.slice(1 + name.length, -1);
    return `<${name}${maskAttributes(inside)}>`;
  });
}

function maskAttributes(text: string): string {
  const slash = text.endsWith('/') ? '/' : '';
  const pairs = text.slice(0, text.length - slash.length).match(/[^\s=]{1,64}\s?=\s?(?:"[^"]*"|'[^']*')/g) ?? [];
  return pairs.map((pair) => {
    const at = pair.indexOf('=');
    const name = pair.slice(0, at).trim();
    return ` ${name}="${shown(name, pair.slice(at + 1).trim().slice(1, -1))}"`;
  }).join('') + slash;
}
