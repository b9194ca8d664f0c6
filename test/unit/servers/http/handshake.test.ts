import { describe, expect, it } from 'vitest';
import { judgeHandshake, type BrokenHandshake } from '../../../../main/servers/http/handshake.ts';
import { sentence } from '../../../../common/contract/sentences/sentence.ts';

const NOW = Date.UTC(2026, 5, 1);
const BROKEN: BrokenHandshake = {
  error: '', alert: Number.NaN, hello: { name: 'bench.internal', newest: 'TLSv1.3' }, local: '10.20.0.1',
  names: ['bench.internal', '10.20.0.1', '*.example.com'], from: NOW - 1000, to: NOW + 1000, floor: 'TLSv1.2', clientError: null, now: NOW,
};
const judge = (more: Partial<BrokenHandshake>) => judgeHandshake({ ...BROKEN, ...more });

/** Codes as Node 24.21 (OpenSSL 3.5.8) gave them to `openssl s_client` 3.0.19; the last two as BoringSSL spells them. */
describe('a handshake that failed', () => {
  it.each([
    [{ error: 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', alert: 48 }, 'tls.unknown-ca', 'alert 48'],
    [{ error: 'ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_EXPIRED', alert: 45 }, 'tls.clock', 'alert 45'],
    [{ error: 'ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_EXPIRED', alert: 45, now: NOW + 2000 }, 'tls.expired', 'alert 45'],
    [{ error: 'ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE', alert: 42 }, 'tls.bad-certificate', 'alert 42'],
    [{ alert: 42, hello: { name: 'other.example', newest: null } }, 'tls.wrong-name', 'alert 42'],
    [{ alert: 46, hello: { name: null, newest: null }, local: '10.20.0.2' }, 'tls.wrong-name', 'alert 46'],
    [{ alert: 42, hello: { name: 'a.example.com', newest: null } }, 'tls.bad-certificate', 'alert 42'],
    [{ alert: 112 }, 'tls.wrong-name', 'alert 112'],
    [{ alert: 40 }, 'tls.refused', 'alert 40'],
    [{ alert: 70 }, 'tls.version-refused', 'alert 70'],
    [{ alert: 80 }, 'tls.alert', 'alert 80'],
    [{ error: 'ERR_SSL_UNSUPPORTED_PROTOCOL' }, 'tls.version', 'alert 70'],
    [{ error: 'ERR_SSL_NO_SHARED_CIPHER' }, 'tls.no-cipher', 'alert 40'],
    [{ error: 'ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE' }, 'tls.no-client-certificate', 'alert 116'],
    [{ error: 'ECONNRESET', clientError: 'CERT_HAS_EXPIRED' }, 'tls.client-unverified', 'closed'],
    [{ error: 'ERR_SSL_WRONG_VERSION_NUMBER' }, 'tls.garbage', 'closed'],
    [{ error: 'ERR_TLS_HANDSHAKE_TIMEOUT' }, 'tls.timeout', 'closed'],
    [{ error: 'ECONNRESET' }, 'tls.gone', 'closed'],
    [{ error: 'ECONNRESET', hello: { name: 'x.example', newest: null } }, 'tls.wrong-name', 'closed'],
    [{ error: 'ERR_SSL_SOMETHING_NEW' }, 'tls.failed', 'closed'],
    [{ error: 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA' }, 'tls.unknown-ca', 'alert 48'],
    [{ error: 'ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED' }, 'tls.clock', 'alert 45'],
  ] as const)('%j is %s', (more, code, answer) => {
    const verdict = judge(more);
    expect(verdict).toMatchObject({ code, answer });
    for (const language of ['en', 'fr'] as const) {
      const text = sentence(code, verdict.params as Record<string, string | number>, language);
      expect(text).not.toBe(code);
      expect(text).not.toMatch(/[{}]/);
    }
  });
});
