import type { Credentials } from './authorization.ts';
import { digestResponse, sameSecret } from './digest.ts';
import type { DigestAlgorithm, HttpAnswer } from './needs.ts';
import type { Nonces } from './nonces.ts';

export type Challenge = Extract<HttpAnswer, { kind: 'challenge' }>;

export type Verdict =
  | { readonly kind: 'passed' }
  /** `stale`: the password was right, only the nonce is too old; the client repeats without asking anybody. */
  | { readonly kind: 'again'; readonly why: 'missing' | 'wrong' | 'stale'; readonly headers: readonly string[] };

/**
 * RFC 2617 says that a client skips an algorithm it does not know; MD5 first is for those that take the first one
 * anyway. Newer clients pick what they like best of both.
 */
const ALGORITHMS: readonly DigestAlgorithm[] = ['MD5', 'SHA-256'];

/** `target` is the request target as it stood in the request line. */
export function checkCredentials(
  challenge: Challenge,
  given: Credentials | null,
  request: { readonly method: string; readonly target: string; readonly now: number },
  nonces: Nonces,
): Verdict {
  const verdict = judge(challenge, given, request, nonces);
  if (verdict === 'passed') return { kind: 'passed' };
  return { kind: 'again', why: verdict, headers: challengeHeaders(challenge, nonces.issue(challenge.realm, request.now), verdict === 'stale') };
}

function judge(
  challenge: Challenge,
  given: Credentials | null,
  request: { readonly method: string; readonly target: string; readonly now: number },
  nonces: Nonces,
): 'passed' | 'missing' | 'wrong' | 'stale' {
  if (given === null) return 'missing';
  if (given.scheme === 'other' || !challenge.schemes.includes(given.scheme)) return 'wrong';
  if (given.scheme === 'Basic') {
    const right = challenge.password(given.user);
    return right !== null && sameSecret(given.password, right) ? 'passed' : 'wrong';
  }
  const field = (name: string): string => given.fields.get(name) ?? '';
  const algorithm = (challenge.algorithms ?? ALGORITHMS).find((name) => name === (field('algorithm').toUpperCase() || 'MD5'));
  const password = given.user === null ? null : challenge.password(given.user);
  if (algorithm === undefined || password === null || given.user === null) return 'wrong';
  if (field('realm') !== challenge.realm || field('uri') !== request.target) return 'wrong';
  const qop = field('qop') === '' ? null : { nc: field('nc'), cnonce: field('cnonce') };
  if (qop !== null && (field('qop').toLowerCase() !== 'auth' || !/^[0-9a-f]{8}$/i.test(qop.nc) || qop.cnonce === '')) return 'wrong';
  const input = { algorithm, user: given.user, realm: challenge.realm, password, method: request.method, uri: field('uri'), nonce: field('nonce'), qop };
  if (!sameSecret(field('response').toLowerCase(), digestResponse(input))) return 'wrong';
  const verdict = nonces.judge(input.nonce, challenge.realm, qop === null ? null : Number.parseInt(qop.nc, 16), request.now);
  return verdict === 'good' ? 'passed' : verdict === 'stale' ? 'stale' : 'wrong';
}

/** One `WWW-Authenticate` line for each scheme and algorithm, RFC 7616 §3.7. */
function challengeHeaders(challenge: Challenge, nonce: string, stale: boolean): readonly string[] {
  const realm = `realm="${challenge.realm.replaceAll(/["\\]/g, '\\$&')}"`;
  return challenge.schemes.flatMap((scheme) =>
    scheme === 'Basic'
      ? [`Basic ${realm}, charset="UTF-8"`]
      : (challenge.algorithms ?? ALGORITHMS).map(
          (algorithm) => `Digest ${realm}, qop="auth", algorithm=${algorithm}, nonce="${nonce}"${stale ? ', stale=true' : ''}`,
        ),
  );
}
