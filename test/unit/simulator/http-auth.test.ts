import { describe, expect, it } from 'vitest';
import { authorization } from '../../../main/simulator/http-auth.ts';

const asked = { method: 'GET', path: '/dir/index.html', cnonce: '0a4f113b' };

describe('the answer to a challenge', () => {
  it('is that of RFC 2617, section 3.5', () => {
    const challenge = 'Digest realm="testrealm@host.com", qop="auth,auth-int", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", opaque="5ccc069c403ebaf9f0171e9517f40e41"';
    const answer = authorization(challenge, { user: 'Mufasa', password: 'Circle Of Life' }, asked);
    expect(answer).toBe(
      'Digest username="Mufasa", realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", uri="/dir/index.html", ' +
        'response="6629fae49393a05397450978507c4ef1", opaque="5ccc069c403ebaf9f0171e9517f40e41", qop=auth, nc=00000001, cnonce="0a4f113b"',
    );
  });

  it('leaves counter and qop out where the server offers none (RFC 2069)', () => {
    const answer = authorization('Digest realm="r", nonce="n", algorithm=MD5', { user: 'u', password: 'p' }, asked);
    expect(answer).toMatch(/^Digest username="u", realm="r", nonce="n", uri="\/dir\/index\.html", response="[0-9a-f]{32}", algorithm=MD5$/);
  });

  it('is Basic (RFC 7617, section 2) where Digest is not offered, or only in a form that phones of that age do not know', () => {
    expect(authorization('Basic realm="WallyWorld"', { user: 'Aladdin', password: 'open sesame' }, asked)).toBe('Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==');
    expect(authorization('Digest realm="r", nonce="n", algorithm=SHA-256, Basic realm="r"', { user: 'Aladdin', password: 'open sesame' }, asked)).toMatch(/^Basic /);
  });

  it.each(['', 'Negotiate', 'Bearer realm="x"', 'Digest realm="r"', '"""', 'Basic'.repeat(2000)])('is none for %j', (challenge) => {
    expect(authorization(challenge, { user: 'u', password: 'p' }, asked)).toBeNull();
  });
});
