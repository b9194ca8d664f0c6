import { X509Certificate } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseIpv4 } from '../../../common/values/ip.ts';
import { openCabinet } from '../../../main/crypto/pki/cabinet.ts';
import { rootOf, takeChain, type ForeignChain } from '../../../main/crypto/pki/chain.ts';
import { certificateFacts } from '../../../main/crypto/pki/facts.ts';
import type { Identity } from '../../../main/crypto/pki/authority.ts';
import { makeKeyPair } from '../../../main/crypto/pki/key-pair.ts';
import { readNames } from '../../../main/crypto/pki/names.ts';
import { readCertificates } from '../../../main/crypto/pki/pem.ts';
import { makeRequest } from '../../../main/crypto/pki/request.ts';
import { createSecretBox } from '../../../main/crypto/secret-box.ts';
import { have, run } from '../../support/http/clients.ts';
import { newAuthority, newServer, opensslPki, type OpensslPki } from '../../support/pki/certificates.ts';

const openssl = have('openssl', ['version']);
const DAY = 86_400_000;

describe.skipIf(!openssl)('certificates of the bench, judged by openssl', () => {
  let foreign: OpensslPki;
  beforeAll(() => { foreign = opensslPki(); });
  afterAll(() => { foreign.end(); });

  const tool = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await run('openssl', args);
    return `${code} ${stdout.toString()} ${stderr}`;
  };

  it('signs a server certificate that openssl verifies for servers, by name and by address', async () => {
    const authority = await newAuthority();
    const server = await newServer(authority, ['bench.internal', '10.20.0.1', 'prov.example.com']);
    const ca = foreign.file('own-ca.pem', authority.chain);
    const file = foreign.file('own.pem', server.chain);
    for (const more of [['-verify_hostname', 'prov.example.com'], ['-verify_ip', '10.20.0.1'], ['-verify_hostname', 'bench.internal']]) {
      expect(await tool('verify', '-x509_strict', '-purpose', 'sslserver', '-CAfile', ca, ...more, file)).toMatch(/^0 .*: OK/s);
    }
    expect(await tool('verify', '-CAfile', ca, '-verify_hostname', 'other.example.com', file)).toMatch(/hostname mismatch/);
    const text = await tool('x509', '-in', ca, '-noout', '-text');
    expect(text).toMatch(/CA:TRUE, pathlen:0/);
    expect(text).toMatch(/Certificate Sign, CRL Sign/);
    expect(text).toMatch(/sha256WithRSAEncryption/);
  });

  it('begins 30 days before it was made and ends after the days that were asked for', async () => {
    const now = Date.UTC(2026, 2, 1);
    const authority = await newAuthority(now);
    const { from, to, names, subject } = certificateFacts(new X509Certificate((await newServer(authority, ['a.example.com', '10.0.0.1'], 397, now)).chain));
    expect({ from: now - from, to: to - now, names, subject }).toEqual({
      from: 30 * DAY, to: 397 * DAY, names: ['a.example.com', '10.0.0.1'], subject: 'CN=a.example.com',
    });
    expect((certificateFacts(new X509Certificate(authority.chain)).to - now) / DAY).toBe(3_650);
  });

  it('makes a request that openssl verifies, signs, and the bench takes back without a key', async () => {
    const keys = await makeKeyPair();
    const names = readNames(['prov.example.com', '10.20.0.1']);
    const request = foreign.file('own.csr', names.ok ? makeRequest(keys, names.value) : '');
    const text = await tool('req', '-in', request, '-verify', '-noout', '-text');
    expect(text).toMatch(/verify OK/);
    expect(text).toMatch(/DNS:prov\.example\.com, IP Address:10\.20\.0\.1/);
    const signed = join(foreign.folder, 'answer.pem');
    await tool('x509', '-req', '-in', request, '-CA', join(foreign.folder, 'ca.pem'), '-CAkey', join(foreign.folder, 'ca.key'), '-CAcreateserial', '-copy_extensions', 'copy', '-days', '20', '-out', signed);
    const taken = takeChain(given({ text: readFileSync(signed, 'utf8') + foreign.authority.chain, waiting: [keys.privateKey] }));
    expect(taken).toMatchObject({ ok: true });
    const read = readCertificates(taken.ok ? taken.value.chain : '');
    expect(read.ok && rootOf(read.value)?.subject).toBe('O=Example\nCN=Example Phones CA');
  });

  function given(more: Partial<ForeignChain>): ForeignChain {
    return { text: '', key: null, waiting: [], address: parseIpv4('10.20.0.1'), now: Date.now(), ...more };
  }

  describe('a customer’s chain', () => {
    let server: Identity;
    const refusal = (more: Partial<ForeignChain>): unknown => {
      const taken = takeChain(given({ text: server.chain, key: server.privateKey, ...more }));
      return taken.ok ? 'taken' : taken.failure.code;
    };
    beforeAll(() => { server = foreign.sign('server', '/CN=prov.example.com', 'subjectAltName=DNS:prov.example.com\nextendedKeyUsage=serverAuth'); });

    it('is taken with text around its blocks, its key among them, and Windows line ends', () => {
      expect(refusal({})).toBe('taken');
      const bundle = `Bag Attributes\n  friendlyName: x\n${server.privateKey}subject=CN = prov\n${server.chain}\n some words\n${foreign.authority.chain}`;
      expect(refusal({ text: bundle.replaceAll('\n', '\r\n'), key: null })).toBe('taken');
    });

    it('is refused in words for what is wrong with it', async () => {
      const other = await newAuthority();
      const same = foreign.sign('again', '/CN=prov.example.com');
      const small = foreign.folder;
      await tool('req', '-newkey', 'rsa:1024', '-nodes', '-keyout', join(small, 'small.key'), '-out', join(small, 'small.csr'), '-subj', '/CN=prov.example.com');
      await tool('x509', '-req', '-in', join(small, 'small.csr'), '-CA', join(small, 'ca.pem'), '-CAkey', join(small, 'ca.key'), '-CAcreateserial', '-out', join(small, 'small.pem'));
      await tool('pkcs8', '-topk8', '-in', join(small, 'server.key'), '-passout', 'pass:x1x1', '-out', join(small, 'locked.key'));
      const file = (name: string): string => readFileSync(join(small, name), 'utf8');
      expect(refusal({ text: 'nothing' })).toBe('pki.no-certificate');
      expect(refusal({ text: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n' })).toBe('pki.unreadable');
      expect(refusal({ text: server.chain.repeat(11) })).toBe('pki.too-many');
      expect(refusal({ text: foreign.authority.chain + server.chain })).toBe('pki.authority-first');
      expect(refusal({ text: server.chain + other.chain })).toBe('pki.order');
      expect(refusal({ text: server.chain + foreign.authority.chain + server.chain })).toBe('pki.order');
      expect(refusal({ now: Date.now() + 60 * DAY })).toBe('pki.expired');
      expect(refusal({ now: Date.now() - 60 * DAY })).toBe('pki.not-yet');
      expect(refusal({ key: same.privateKey })).toBe('pki.key-other');
      expect(refusal({ key: null })).toBe('pki.no-key');
      expect(refusal({ key: null, waiting: [same.privateKey] })).toBe('pki.key-not-ours');
      expect(refusal({ key: 'no key' })).toBe('pki.key-unreadable');
      expect(refusal({ key: file('locked.key') })).toBe('pki.key-encrypted');
      expect(refusal({ text: file('small.pem'), key: file('small.key') })).toBe('pki.key-small');
      const client = foreign.sign('client', '/CN=prov.example.com', 'extendedKeyUsage=clientAuth');
      expect(refusal({ text: client.chain, key: client.privateKey })).toBe('pki.not-for-servers');
      const wild = foreign.sign('wild', '/CN=*.example.com', 'subjectAltName=DNS:*.example.com');
      expect(refusal({ text: wild.chain, key: wild.privateKey })).toBe('pki.no-name');
      const address = foreign.sign('address', '/CN=bench', 'subjectAltName=IP:10.20.0.1');
      expect(refusal({ text: address.chain, key: address.privateKey })).toBe('taken');
      expect(refusal({ text: address.chain, key: address.privateKey, address: parseIpv4('10.20.0.2') })).toBe('pki.no-name');
    });

    it('is refused when a namesake of its authority did not sign it', async () => {
      const twin = opensslPki();
      try {
        expect(refusal({ text: server.chain + twin.authority.chain })).toMatch(/^pki\.(?:order|signature)$/);
      } finally {
        twin.end();
      }
    });

    it('is refused when it signed itself', async () => {
      const { folder } = foreign;
      await tool('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', join(folder, 'self.key'), '-out', join(folder, 'self.pem'), '-subj', '/CN=prov.example.com', '-addext', 'basicConstraints=critical,CA:FALSE');
      expect(refusal({ text: readFileSync(join(folder, 'self.pem'), 'utf8'), key: readFileSync(join(folder, 'self.key'), 'utf8') })).toBe('pki.self-signed');
    });
  });
});

describe('the cabinet of private keys', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dialbench-cabinet-'));
  afterAll(() => { rmSync(folder, { recursive: true, force: true }); });
  const seal = createSecretBox(new Uint8Array(32).fill(7));

  it('keeps a certificate with its key sealed, for its owner alone, and leaves nothing half-written', async () => {
    const keys = join(folder, 'keys');
    const cabinet = openCabinet(keys, seal);
    expect(await cabinet.get('server')).toEqual({ ok: true, value: null });
    const authority = await newAuthority();
    await cabinet.put('server', authority);
    await cabinet.put('server', authority);
    expect(readdirSync(keys)).toEqual(['server.json']);
    if (process.platform !== 'win32') expect(statSync(join(keys, 'server.json')).mode & 0o777).toBe(0o600);
    const kept = readFileSync(join(keys, 'server.json'), 'utf8');
    expect(kept).not.toContain('PRIVATE KEY');
    expect(kept).not.toContain(authority.privateKey.split('\n')[3]);
    expect(await cabinet.get('server')).toEqual({ ok: true, value: authority });
  });

  it('refuses a key that was sealed elsewhere or for another drawer, and a damaged file', async () => {
    const keys = join(folder, 'moved');
    const cabinet = openCabinet(keys, seal);
    await cabinet.put('server', await newAuthority());
    writeFileSync(join(keys, 'customer.json'), readFileSync(join(keys, 'server.json')));
    writeFileSync(join(keys, 'request.json'), '{"chain":1}');
    expect(await cabinet.get('customer')).toMatchObject({ ok: false, failure: { code: 'crypto.sealed-foreign' } });
    expect(await openCabinet(keys, createSecretBox(new Uint8Array(32).fill(8))).get('server')).toMatchObject({ ok: false });
    expect(await cabinet.get('request')).toMatchObject({ ok: false, failure: { code: 'pki.drawer-unreadable' } });
  });

  it('lists authorities of clients by name, in order, and passes other files over', async () => {
    const keys = join(folder, 'clients');
    mkdirSync(join(keys, 'client-ca'), { recursive: true });
    for (const name of ['b.pem', 'a.crt', 'readme.txt']) writeFileSync(join(keys, 'client-ca', name), name);
    expect(await openCabinet(keys, seal).clientAuthorities()).toEqual([{ file: 'a.crt', text: 'a.crt' }, { file: 'b.pem', text: 'b.pem' }]);
  });
});
