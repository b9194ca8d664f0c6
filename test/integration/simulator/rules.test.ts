import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeAes128gcm, encodeAes128gcm } from '../../../main/crypto/aes128gcm.ts';
import type { VirtualPhone } from '../../../main/simulator/phone.ts';
import { openTinyBench, plugIn, steps } from '../../support/simulator/plug-in.ts';
import { profileOf } from '../../support/simulator/tiny-bench.ts';
import type { TinyBench } from '../../support/simulator/tiny-bench.ts';

type Respond = (request: IncomingMessage, response: ServerResponse, bench: TinyBench) => void;

/** A phone that has taken these parameters by TFTP; `HTTP` in them stands for the bench's web server. */
async function provisioned(parameters: Readonly<Record<string, string>>, respond: Respond): Promise<{ readonly phone: VirtualPhone; readonly tiny: TinyBench }> {
  const tiny = await openTinyBench({
    tftp: (_name, self) => profileOf(Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, value.replaceAll('HTTP', `http://127.0.0.1:${self().http.port}`)]))),
    http: (request, response, self) => respond(request, response, self()),
  });
  const phone = plugIn(tiny.phone());
  expect(await phone.finished).toMatchObject({ reaction: 'A' });
  return { phone, tiny };
}

const serve = (body: Uint8Array, headers: Readonly<Record<string, string>> = {}): Respond => (_request, response) => response.writeHead(200, headers).end(body);

describe('conditions', () => {
  const rule = '("$PN" = "CP-7841-3PCC")? HTTP/other.xml | ($SWVER ge sip78xx.11-3-1MPP-1 and $PRVST = -1)? (GPP_C = "set by $MAU";)! HTTP/new-$MA.xml | HTTP/old.xml';

  it('the first true alternative wins: its assignment is made, its URL asked', async () => {
    const { phone, tiny } = await provisioned({ Profile_Rule: rule.replaceAll('>', '&gt;'), Report_Rule: 'HTTP/report' }, serve(profileOf({ GPP_B: '1' })));
    expect(await phone.resync()).toMatchObject({ reaction: 'A', resyncs: 2 });
    expect(tiny.http.seen.filter(({ method }) => method === 'GET').map(({ url }) => url)).toEqual(['/new-00562b043615.xml']);
    expect(steps(phone, 'assigned')[0]?.parameters).toEqual(['GPP_C']);
  });

  it('an older load takes the last alternative', async () => {
    const { phone, tiny } = await provisioned({ Profile_Rule: '($SWVER gt sip88xx.12-0-0MPP-1)? HTTP/new.xml | HTTP/old.xml' }, serve(profileOf({ GPP_B: '1' })));
    await phone.resync();
    expect(tiny.http.seen.map(({ url }) => url)).toEqual(['/old.xml']);
  });

  it('rules B to D follow in their order, one without a true alternative is passed over, the first failure ends the row', async () => {
    let gone = false;
    const { phone, tiny } = await provisioned(
      { Profile_Rule: '($PRVST = 7)? HTTP/a.xml', Profile_Rule_B: 'HTTP/b.xml', Profile_Rule_C: 'HTTP/c.xml', Profile_Rule_D: 'HTTP/d.xml' },
      (request, response) => response.writeHead(request.url === '/c.xml' && gone ? 404 : 200).end(profileOf({ GPP_B: '1' })),
    );
    expect(tiny.http.seen.map(({ url }) => url)).toEqual(['/b.xml', '/c.xml', '/d.xml']);
    gone = true;
    tiny.http.seen.length = 0;
    expect(await phone.resync()).toMatchObject({ reaction: 'B', error: 'File not found' });
    expect(tiny.http.seen.map(({ url }) => url)).toEqual(['/b.xml', '/c.xml']);
  });

  it('a false trigger stops the resyncs of its own, not one that is asked for', async () => {
    const { phone, tiny } = await provisioned(
      { Resync_Trigger_1: '"$A" = "go"', Profile_Rule: 'HTTP/x.xml', Resync_Periodic: '30', Resync_Random_Delay: '0' },
      serve(profileOf({ GPP_A: 'go' })),
    );
    await expect.poll(() => steps(phone, 'blocked').length).toBeGreaterThan(0);
    expect(tiny.http.seen).toEqual([]);
    await phone.resync();
    await expect.poll(() => tiny.http.seen.length).toBeGreaterThan(1);
  });

  it('a wrong rule fails aloud, and nothing is asked', async () => {
    const { phone, tiny } = await provisioned({ Profile_Rule: '($PRVST == 0)? HTTP/a.xml | HTTP/b.xml' }, serve(profileOf({})));
    expect(await phone.resync()).toMatchObject({ reaction: 'C', error: 'Invalid rule: rule.condition.operator at 1:9' });
    expect(tiny.http.seen).toEqual([]);
  });
});

describe('--post', () => {
  it('sends the register with its macros filled and takes the answer as its profile', async () => {
    const { phone, tiny } = await provisioned({ GPP_D: 'mac=$MA&amp;model=$PSN&amp;$$SA', GPP_SA: 'secret', Profile_Rule: '[--post d] HTTP/cgi?x=$MAU' }, serve(profileOf({ GPP_B: '1' })));
    expect(await phone.resync()).toMatchObject({ reaction: 'A' });
    expect(tiny.http.seen).toMatchObject([{ method: 'POST', url: '/cgi?x=00562B043615', body: 'mac=00562b043615&model=8841-3PCC&$SA' }]);
  });
});

describe('--uid and --pwd', () => {
  const rule = { GPP_SA: 'open sesame', Profile_Rule: '[--uid "$MA\\043" --pwd $SA] HTTP/p.xml' };
  const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

  it('answer a Basic challenge, and are not sent before one', async () => {
    const sent: (string | undefined)[] = [];
    const { phone } = await provisioned(rule, (request, response) => {
      sent.push(request.headers.authorization);
      const right = request.headers.authorization === `Basic ${Buffer.from('00562b043615#:open sesame').toString('base64')}`;
      response.writeHead(right ? 200 : 401, { 'WWW-Authenticate': 'Basic realm="bench"' }).end(profileOf({ GPP_B: '1' }));
    });
    expect(await phone.resync()).toMatchObject({ reaction: 'A' });
    expect(sent).toHaveLength(2);
    expect(sent[0]).toBeUndefined();
  });

  it('answer a Digest challenge rather than a Basic one', async () => {
    const { phone } = await provisioned(rule, (request, response) => {
      const field = (name: string): string => new RegExp(`${name}="?([^",]*)`).exec(request.headers.authorization ?? '')?.[1] ?? '';
      const secret = md5('00562b043615#:bench:open sesame');
      const wanted = md5(`${secret}:n0nce:${field('nc')}:${field('cnonce')}:auth:${md5('GET:/p.xml')}`);
      const right = request.headers.authorization?.startsWith('Digest ') === true && field('response') === wanted && field('opaque') === 'o';
      response.writeHead(right ? 200 : 401, { 'WWW-Authenticate': ['Basic realm="bench"', 'Digest realm="bench", nonce="n0nce", qop="auth,auth-int", opaque="o"'] });
      response.end(profileOf({ GPP_B: '1' }));
    });
    expect(await phone.resync()).toMatchObject({ reaction: 'A' });
  });

  it('are tried twice, then the phone reacts as C', async () => {
    const { phone, tiny } = await provisioned(rule, (_request, response) => response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="bench"' }).end());
    expect(await phone.resync()).toMatchObject({ reaction: 'C', error: 'HTTP status 401: credentials refused' });
    expect(tiny.http.seen).toHaveLength(3);
  });
});

const openssl = spawnSync('openssl', ['version']).status === 0;
if (!openssl) console.warn('skipped: the openssl program is missing, so no file of its making is opened');

describe('encrypted files', () => {
  const encrypt = (plain: Uint8Array, key: string, digest: string): Uint8Array =>
    spawnSync('openssl', ['enc', '-aes-256-cbc', '-md', digest, '-k', key], { input: plain }).stdout;
  const rule = { GPP_SA: 'SecretPhrase1234', Profile_Rule: '[--key $SA] HTTP/p.bin' };

  it.skipIf(!openssl).each(['md5', 'sha256'])('opens what openssl enc made with %s, gzip inside', async (digest) => {
    const { phone } = await provisioned(rule, serve(encrypt(gzipSync(profileOf({ GPP_B: '1' })), 'SecretPhrase1234', digest)));
    expect(await phone.resync()).toMatchObject({ reaction: 'A', profile: { parameters: 1 } });
    expect(steps(phone, 'decrypted')[0]).toMatchObject({ by: 'aes', digest });
  });

  it.skipIf(!openssl)('another key, no key, or a plain text that is no XML make a corrupt file', async () => {
    for (const [parameters, body] of [
      [rule, encrypt(profileOf({ GPP_B: '1' }), 'another', 'md5')],
      [{ Profile_Rule: 'HTTP/p.bin' }, encrypt(profileOf({ GPP_B: '1' }), 'SecretPhrase1234', 'md5')],
      [rule, encrypt(Buffer.from('hello hello hello'), 'SecretPhrase1234', 'md5')],
    ] as const) {
      const { phone } = await provisioned(parameters, serve(body));
      expect(await phone.resync()).toMatchObject({ reaction: 'B', error: 'Corrupt file' });
    }
  });

  it('an answer marked aes128gcm is opened with the IKM, also where the rule has a key', async () => {
    const ikm = Buffer.from('yqdlZ-tYemfogSmv7Ws5PQ', 'base64url');
    const { phone } = await provisioned(
      { ...rule, IKM_HTTP_Encrypt_Content: 'yqdlZ-tYemfogSmv7Ws5PQ' },
      serve(encodeAes128gcm(profileOf({ GPP_B: '1' }), ikm), { 'Content-Encoding': 'aes128gcm' }),
    );
    expect(await phone.resync()).toMatchObject({ reaction: 'A', profile: { parameters: 1 } });
    expect(steps(phone, 'decrypted')[0]).toMatchObject({ by: 'aes128gcm' });
  });

  it.each(['text', null] as const)('a report goes out under the form of the IKM that opened the profile (%s), else under the first that the text fits', async (form) => {
    // This text fits several forms: only what opened a profile tells which one is meant.
    const text = 'yqdlZ-tYemfogSmv7Ws5PQ';
    const ikm = Buffer.from(text, form === 'text' ? 'utf8' : 'base64url');
    const { phone, tiny } = await provisioned({ IKM_HTTP_Encrypt_Content: text, Report_To_Server: 'Periodically', Periodic_Upload_To_Server: '600' }, (request, response, self) => {
      const profile = profileOf({ Report_Rule: `http://127.0.0.1:${self.http.port}/report` });
      if (request.method === 'POST') response.end();
      else if (form === null) response.end(profile);
      else response.writeHead(200, { 'Content-Encoding': 'aes128gcm' }).end(encodeAes128gcm(profile, ikm));
    });
    await phone.resync(`http://127.0.0.1:${tiny.http.port}/p.bin`);
    await expect.poll(() => steps(phone, 'reported').length).toBeGreaterThan(0);
    const sent = tiny.http.seen.find(({ method }) => method === 'POST');
    const opened = decodeAes128gcm(sent?.bytes ?? new Uint8Array(), ikm);
    expect(opened.ok && Buffer.from(opened.value).toString('utf8')).toContain('<Report_Rule ua="na">');
  });

  it.skipIf(!openssl)('a report with --key is opened by openssl', async () => {
    const { phone, tiny } = await provisioned({ GPP_SA: 'SecretPhrase1234', Report_Rule: '[--key $SA] HTTP/report' }, serve(Buffer.alloc(0)));
    await expect.poll(() => steps(phone, 'reported').length).toBe(1);
    const [report] = tiny.http.seen;
    const opened = spawnSync('openssl', ['enc', '-d', '-aes-256-cbc', '-md', 'md5', '-k', 'SecretPhrase1234'], { input: report?.bytes ?? '' }).stdout.toString('utf8');
    expect(opened).toContain('<Report_Rule ua="na">[--key $SA] http');
    expect(opened).not.toContain('SecretPhrase1234');
  });

  it('a report of the changes alone fails aloud: its form is not documented', async () => {
    const { phone } = await provisioned({ Report_Rule: '[--delta] HTTP/d [--status] HTTP/s' }, serve(Buffer.alloc(0)));
    await expect.poll(() => steps(phone, 'report-failed').length).toBe(2);
    expect(steps(phone, 'report-failed').map(({ error }) => error)).toEqual(['The body of --delta is not documented', 'The body of --status is not documented']);
  });
});
