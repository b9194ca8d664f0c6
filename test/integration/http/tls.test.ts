import { X509Certificate } from 'node:crypto';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Observation } from '../../../common/values/observation.ts';
import { certificateFacts } from '../../../main/crypto/pki/facts.ts';
import type { Identity } from '../../../main/crypto/pki/authority.ts';
import { tlsTransport, type TlsSettings, type TlsTransport } from '../../../main/servers/http/tls-transport.ts';
import { HELLO } from '../../support/http/client-hello.ts';
import { connectRaw, have, run } from '../../support/http/clients.ts';
import { PROFILE, profileAnswer, serveHttp, waitFor, type Served } from '../../support/http/served.ts';
import { newAuthority, newServer, opensslPki, type OpensslPki } from '../../support/pki/certificates.ts';

const programs = have('openssl', ['version']) && have('curl');
const YEAR = 365 * 86_400_000;
/** For a handshake where its time is not what is tried: 500 of them at once take a slow machine seconds. */
const PATIENT_MS = 60_000;

describe.skipIf(!programs)('HTTPS with openssl and curl', () => {
  let served: Served;
  let transport: TlsTransport;
  let authority: Identity;
  let settings: TlsSettings;
  let foreign: OpensslPki;
  let ca = '';
  let phone = '';

  beforeAll(async () => {
    foreign = opensslPki();
    authority = await newAuthority();
    ca = foreign.file('bench-ca.pem', authority.chain);
    phone = foreign.file('phone.pem', both(foreign.sign('phone', '/OU=CP-8841-3PCC/L=FCH2443D9R4/ST=00562b043615')));
    settings = settingsOf(await newServer(authority, ['bench.internal', '127.0.0.1']));
    transport = tlsTransport(settings, () => Date.now(), PATIENT_MS);
    served = await serveHttp(() => profileAnswer, { transport });
  });
  afterAll(async () => {
    await served.end();
    foreign.end();
  });

  function both({ chain, privateKey }: Identity): string {
    return chain + privateKey;
  }

  function settingsOf(identity: Identity, more: Partial<TlsSettings> = {}): TlsSettings {
    const { names, from, to } = certificateFacts(new X509Certificate(identity.chain));
    return { ...identity, facts: { names, from, to }, clientCertificates: 'off', clientAuthorities: [authority.chain], floor: 'TLSv1.2', ...more };
  }

  const curl = (...args: string[]) => run('curl', ['-s', '-m', '60', '--noproxy', '*', ...args]);
  const client = (...args: string[]) => run('openssl', ['s_client', '-connect', `127.0.0.1:${served.port}`, ...args], Buffer.alloc(0));

  /** The evidence of what `work` brings about; each code is told once a minute for one address, so each test brings its own. */
  async function evidence(code: string, work: () => Promise<unknown>): Promise<Observation> {
    await restart();
    await work();
    return served.saw(({ outcome }) => 'code' in outcome && outcome.code === code);
  }

  /** A new server: what it told before is forgotten. */
  async function restart(next: TlsSettings = settings): Promise<void> {
    await served.end();
    transport = tlsTransport(next, () => Date.now(), PATIENT_MS);
    served = await serveHttp(() => profileAnswer, { transport });
  }

  it('serves curl that trusts the bench, by address and by name, and tells version and cipher', async () => {
    await restart();
    const byAddress = await curl('--cacert', ca, `${served.url}/a.xml`);
    expect(byAddress.stdout.equals(PROFILE)).toBe(true);
    const byName = await curl('--cacert', ca, '--resolve', `bench.internal:${served.port}:127.0.0.1`, `https://bench.internal:${served.port}/b.xml`);
    expect(byName.stdout.equals(PROFILE)).toBe(true);
    const seen = await served.saw(({ outcome, facts }) => outcome.kind === 'delivered' && facts.path === '/b.xml');
    expect(seen).toMatchObject({ server: 'https', outcome: { confirmed: true, bytes: PROFILE.length } });
    expect(seen.detail?.['tls']).toMatch(/^TLSv1\.[23] \S+$/);
    expect(served.asks.every(({ certificate }) => certificate === null)).toBe(true);
  });

  it('says that the phone does not know the authority (alert 48), in TLS 1.2 and 1.3', async () => {
    for (const version of ['-tls1_2', '-tls1_3']) {
      const seen = await evidence('tls.unknown-ca', () => client(version, '-verify_return_error', '-CAfile', foreign.file('other.pem', foreign.authority.chain)));
      expect(seen).toMatchObject({ server: 'https', asked: 'TLS', peer: { address: '127.0.0.1' }, outcome: { kind: 'refused', answer: 'alert 48' } });
    }
  });

  it('names the name that the certificate lacks', async () => {
    const seen = await evidence('tls.wrong-name', () =>
      client('-CAfile', ca, '-verify_return_error', '-servername', 'other.example', '-verify_hostname', 'other.example'));
    expect(seen.detail).toEqual({ name: 'other.example' });
  });

  it('takes a phone whose clock is years ahead or behind for what it is', async () => {
    const ahead = await evidence('tls.clock', () => client('-CAfile', ca, '-verify_return_error', '-attime', String(Math.floor((Date.now() + 2 * YEAR) / 1000))));
    expect(ahead.outcome).toMatchObject({ answer: 'alert 45' });
    const behind = await evidence('tls.bad-certificate', () => client('-CAfile', ca, '-verify_return_error', '-attime', '86400'));
    expect(behind.outcome).toMatchObject({ answer: 'alert 42' });
  });

  it('says that its own certificate has ended', async () => {
    const old = settingsOf(await newServer(authority, ['bench.internal', '127.0.0.1'], 1, Date.now() - 3 * 86_400_000));
    await restart(old);
    await client('-CAfile', ca, '-verify_return_error');
    expect(await served.saw(({ outcome }) => 'code' in outcome && outcome.code === 'tls.expired')).toMatchObject({ outcome: { answer: 'alert 45' } });
  });

  it('refuses TLS 1.1 below its floor with what was offered, and takes it when the floor is lowered while it runs', async () => {
    const old = ['-tls1_1', '-cipher', 'DEFAULT@SECLEVEL=0', '-CAfile', ca];
    const seen = await evidence('tls.version', () => client(...old));
    expect(seen).toMatchObject({ outcome: { answer: 'alert 70' }, detail: { offered: 'TLSv1.1', floor: 'TLSv1.2' } });
    transport.replace({ ...settings, floor: 'TLSv1' });
    for (const [flag, version] of [['-tls1_1', 'TLSv1.1'], ['-tls1', 'TLSv1']] as const) {
      const { stdout } = await client(flag, ...old.slice(1), '-verify_return_error');
      expect(stdout.toString()).toMatch(new RegExp(`Protocol *: ${version}\\n`));
      expect(stdout.toString()).toContain('Verify return code: 0 (ok)');
    }
  });

  it('tells that there is no cipher in common', async () => {
    const seen = await evidence('tls.no-cipher', () => client('-tls1_2', '-cipher', 'ECDHE-ECDSA-AES128-GCM-SHA256'));
    expect(seen.outcome).toMatchObject({ answer: 'alert 40' });
  });

  it('answers plain HTTP with 400 and a word', async () => {
    const seen = await evidence('tls.plain-http', async () => {
      const { stdout } = await curl('-i', `http://127.0.0.1:${served.port}/8841-3PCC.xml`);
      expect(stdout.toString()).toMatch(/^HTTP\/1\.1 400 /);
    });
    expect(seen.outcome).toMatchObject({ answer: '400' });
  });

  it('asked: a certificate that cannot be verified identifies nobody and is told as not verified', async () => {
    await restart({ ...settings, clientCertificates: 'asked' });
    const { code } = await curl('--cacert', ca, '--cert', phone, '--key', phone, `${served.url}/claimed.xml`);
    expect(code).toBe(0);
    const seen = await served.saw(({ outcome, facts }) => outcome.kind === 'delivered' && facts.path === '/claimed.xml');
    expect(seen.facts.certificate).toBeUndefined();
    expect(seen.detail).toMatchObject({ notVerified: 'OU=CP-8841-3PCC, L=FCH2443D9R4, ST=00562b043615', reason: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
    expect((await curl('--cacert', ca, `${served.url}/none.xml`)).code).toBe(0);
  });

  it('required: who shows none or an unknown one is refused, whoever an added authority signed is known', async () => {
    const seen = await (async () => {
      await restart({ ...settings, clientCertificates: 'required' });
      const { code } = await curl('--cacert', ca, `${served.url}/none.xml`);
      expect(code).not.toBe(0);
      return served.saw(({ outcome }) => 'code' in outcome && outcome.code === 'tls.no-client-certificate');
    })();
    expect(seen.outcome).toMatchObject({ answer: 'alert 116' });
    expect((await curl('--cacert', ca, '--cert', phone, '--key', phone, `${served.url}/x.xml`)).code).not.toBe(0);
    const unverified = await served.saw(({ outcome }) => 'code' in outcome && outcome.code === 'tls.client-unverified');
    expect(unverified).toMatchObject({ peer: { address: '127.0.0.1' }, detail: { reason: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' } });

    transport.replace({ ...settings, clientCertificates: 'required', clientAuthorities: [authority.chain, foreign.authority.chain] });
    const known = await curl('--cacert', ca, '--cert', phone, '--key', phone, `${served.url}/known.xml`);
    expect(known.stdout.equals(PROFILE)).toBe(true);
    expect(served.asks.at(-1)?.certificate).toBe('OU=CP-8841-3PCC, L=FCH2443D9R4, ST=00562b043615');
    expect(served.asks).toHaveLength(1);
  });

  it('a new certificate serves the next handshake, and the connection that stands goes on', async () => {
    await restart();
    const before = connectTls({ host: '127.0.0.1', port: served.port, ca: authority.chain, servername: 'bench.internal' });
    await new Promise((resolve) => { before.once('secureConnect', resolve); });
    const next = settingsOf(await newServer(authority, ['new.example', '127.0.0.1']));
    transport.replace(next);
    let text = '';
    before.on('data', (piece: Buffer) => { text += piece.toString('latin1'); });
    before.write('GET /old.xml HTTP/1.1\r\nHost: bench.internal\r\n\r\n');
    await waitFor(() => text.includes('200 OK'), () => text);
    before.destroy();
    const { stdout } = await client('-CAfile', ca, '-servername', 'new.example', '-verify_hostname', 'new.example', '-verify_return_error');
    expect(stdout.toString()).toContain('CN = new.example');
    expect(stdout.toString()).toContain('Verify return code: 0 (ok)');
  });
});

describe.skipIf(!programs)('HTTPS among strangers', () => {
  let served: Served;
  let authority: Identity;
  let settings: TlsSettings;
  const limits = { connectionsPerAddress: 600 };

  beforeAll(async () => {
    authority = await newAuthority();
    const identity = await newServer(authority, ['bench.internal', '127.0.0.1']);
    const { names, from, to } = certificateFacts(new X509Certificate(identity.chain));
    settings = { ...identity, facts: { names, from, to }, clientCertificates: 'off', clientAuthorities: [authority.chain], floor: 'TLSv1.2' };
    served = await serveHttp(() => profileAnswer, { transport: tlsTransport(settings, () => Date.now(), PATIENT_MS), limits });
  });
  afterAll(() => served.end());

  const ask = (): Promise<string> =>
    new Promise((resolve) => {
      let text = '';
      const socket = connectTls({ host: '127.0.0.1', port: served.port, ca: authority.chain, servername: 'bench.internal' }, () => {
        socket.write('GET /x.xml HTTP/1.1\r\nHost: bench.internal\r\nConnection: close\r\n\r\n');
      });
      socket.on('data', (piece: Buffer) => { text += piece.toString('latin1'); });
      socket.on('error', (error) => { resolve(String(error)); });
      socket.on('close', () => { resolve(text); });
    });

  it('drops what is no TLS, once in the evidence, and goes on serving', async () => {
    for (let count = 0; count < 20; count += 1) {
      const stranger = await connectRaw(served.port);
      stranger.write(Buffer.from(`\u0000\u00ff${'garbage '.repeat(count * 30)}`, 'latin1'));
      await stranger.closed;
    }
    await served.saw(({ outcome }) => 'code' in outcome && outcome.code === 'tls.garbage');
    expect(served.seen.filter(({ outcome }) => 'code' in outcome && outcome.code === 'tls.garbage')).toHaveLength(1);
    expect(await ask()).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('ends a handshake that stops halfway, and says nothing of a port that was merely tried', async () => {
    const bench = await serveHttp(() => profileAnswer, { transport: tlsTransport(settings, () => Date.now(), 500) });
    const silent = await connectRaw(bench.port);
    const half = await connectRaw(bench.port);
    half.write(Buffer.from([22, 3, 1, 0, 200, 1, 0, 0]));
    await Promise.all([half.closed, silent.closed]);
    const seen = await bench.saw(({ outcome }) => 'code' in outcome && outcome.code === 'tls.timeout');
    expect(seen.peer.address).toBe('127.0.0.1');
    expect(bench.seen.filter(({ outcome }) => 'code' in outcome && outcome.code === 'tls.timeout')).toHaveLength(1);
    await bench.end();
  });

  it('counts the wait for the first bytes and the handshake as one time', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const bench = await serveHttp(() => profileAnswer, { transport: tlsTransport(settings, () => Date.now(), 60_000) });
      const half = await connectRaw(bench.port);
      const heard = new Promise((resolve) => { half.socket.once('data', resolve); });
      await vi.advanceTimersByTimeAsync(59_000);
      half.write(HELLO);
      // The server's own hello: ours was taken, and the time goes on.
      await heard;
      await vi.advanceTimersByTimeAsync(1_500);
      await half.closed;
      vi.useRealTimers();
      expect((await bench.saw(({ outcome }) => 'code' in outcome)).outcome).toMatchObject({ kind: 'refused', code: 'tls.timeout' });
      await bench.end();
    } finally {
      vi.useRealTimers();
    }
  });

  it('refuses to agree anew on a connection that stands', async () => {
    const socket = connectTls({ host: '127.0.0.1', port: served.port, ca: authority.chain, servername: 'bench.internal', maxVersion: 'TLSv1.2' });
    const failed = new Promise<string>((resolve) => {
      socket.on('error', (error) => { resolve(error.message); });
      socket.once('secureConnect', () => { socket.renegotiate({}, (error) => { if (error) resolve(error.message); }); });
    });
    expect(await failed).toMatch(/no.renegotiation/i);
    socket.destroy();
    expect(await ask()).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('serves 500 phones that come at once', async () => {
    const answers = await Promise.all(Array.from({ length: 500 }, ask));
    expect(answers.filter((answer) => answer.startsWith('HTTP/1.1 200 '))).toHaveLength(500);
  });

  it('lets one address hold no more places than its share, half handshakes included', async () => {
    const held = await Promise.all(Array.from({ length: 620 }, () => connectRaw(served.port)));
    await served.saw(({ outcome }) => 'code' in outcome && outcome.code === 'http.too-many');
    for (const { socket } of held) socket.destroy();
    await waitFor(() => served.server.status().figures['connections'] === 0, () => JSON.stringify(served.server.status().figures));
    expect(await ask()).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('stops with half a handshake and an open connection', async () => {
    const half = await connectRaw(served.port);
    half.write(Buffer.from([22, 3, 1, 0, 200, 1, 0, 0]));
    const open = connectTls({ host: '127.0.0.1', port: served.port, ca: authority.chain, servername: 'bench.internal' });
    open.on('error', () => undefined);
    await new Promise((resolve) => { open.once('secureConnect', resolve); });
    await served.server.stop();
    await half.closed;
    expect(served.server.status().state).toBe('stopped');
    open.destroy();
  });
});
