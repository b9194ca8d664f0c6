import { createHash } from 'node:crypto';

/** `--uid` and `--pwd` of a rule. */
export interface Login {
  readonly user: string;
  readonly password: string;
}

export interface AskedRequest {
  readonly method: string;
  /** With query, as it stands in the request line. */
  readonly path: string;
  /** Random text of the phone's own, for Digest with `qop`. */
  readonly cnonce: string;
}

interface Challenge {
  readonly scheme: string;
  readonly params: ReadonlyMap<string, string>;
}

const PART = /([A-Za-z0-9-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))|([A-Za-z][A-Za-z0-9-]*)(?=\s|,|$)/g;

/**
 * The Authorization header that answers a challenge: Digest with MD5 (RFC 2617 §3.2.2, `qop` auth or none) where the server
 * offers it, else Basic (RFC 7617). null when it offers neither.
 */
export function authorization(challenge: string, login: Login, asked: AskedRequest): string | null {
  const challenges = readChallenges(challenge.slice(0, 4096));
  for (const { scheme, params } of challenges) {
    const algorithm = params.get('algorithm')?.toUpperCase() ?? 'MD5';
    if (scheme === 'digest' && algorithm === 'MD5' && params.has('nonce')) return digest(params, login, asked);
  }
  if (!challenges.some(({ scheme }) => scheme === 'basic')) return null;
  return `Basic ${Buffer.from(`${login.user}:${login.password}`, 'utf8').toString('base64')}`;
}

function digest(params: ReadonlyMap<string, string>, { user, password }: Login, { method, path, cnonce }: AskedRequest): string {
  const realm = params.get('realm') ?? '';
  const nonce = params.get('nonce') ?? '';
  const withQop = (params.get('qop') ?? '').split(',').some((word) => word.trim().toLowerCase() === 'auth');
  const secret = md5(`${user}:${realm}:${password}`);
  const subject = md5(`${method}:${path}`);
  const count = '00000001';
  const response = md5(withQop ? `${secret}:${nonce}:${count}:${cnonce}:auth:${subject}` : `${secret}:${nonce}:${subject}`);
  const fields: readonly (readonly [string, string | undefined, boolean])[] = [
    ['username', user, true], ['realm', realm, true], ['nonce', nonce, true], ['uri', path, true], ['response', response, true],
    ['algorithm', params.has('algorithm') ? 'MD5' : undefined, false], ['opaque', params.get('opaque'), true],
    ...(withQop ? [['qop', 'auth', false], ['nc', count, false], ['cnonce', cnonce, true]] as const : []),
  ];
  return `Digest ${fields.flatMap(([name, value, quoted]) => (value === undefined ? [] : [`${name}=${quoted ? quote(value) : value}`])).join(', ')}`;
}

/** Several challenges may stand in one header, parted by commas as their parameters are. */
function readChallenges(header: string): readonly Challenge[] {
  const found: { scheme: string; params: Map<string, string> }[] = [];
  for (const [, name, quoted, bare, scheme] of header.matchAll(PART)) {
    if (scheme !== undefined) found.push({ scheme: scheme.toLowerCase(), params: new Map() });
    else if (name !== undefined) found.at(-1)?.params.set(name.toLowerCase(), quoted?.replaceAll(/\\(.)/g, '$1') ?? bare ?? '');
  }
  return found;
}

function quote(text: string): string {
  return `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}

function md5(text: string): string {
  return createHash('md5').update(text, 'utf8').digest('hex');
}
