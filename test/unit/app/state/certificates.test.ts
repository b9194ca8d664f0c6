import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { X509Certificate } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Observation } from '../../../../common/values/observation.ts';
import { parseIpv4, type Ipv4 } from '../../../../common/values/ip.ts';
import { parseMac } from '../../../../common/values/mac.ts';
import { openCertificateBook } from '../../../../main/app/state/certificates.ts';
import { createSecretBox } from '../../../../main/crypto/secret-box.ts';
import type { TlsSettings } from '../../../../main/servers/http/tls-transport.ts';
import type { Store } from '../../../../main/store/store.ts';

const DAY = 86_400_000;
const ONE = ip('10.20.0.1');
const TWO = ip('10.20.0.2');
const MAC = parseMac('00562b043615') ?? expect.fail('a MAC');

function ip(text: string): Ipv4 {
  return parseIpv4(text) ?? expect.fail('an address');
}

describe('the certificates of a workspace', () => {
  const folders: string[] = [];
  afterAll(() => { for (const folder of folders) rmSync(folder, { recursive: true, force: true }); });

  /** One workspace that can be opened again, by another clock and at another address. */
  function workspace() {
    const folder = mkdtempSync(join(tmpdir(), 'dialbench-certificates-'));
    folders.push(folder);
    const kept = new Map<string, unknown>();
    const settings = {
      get: (key: string) => Promise.resolve(structuredClone(kept.get(key))),
      put: (key: string, value: unknown) => Promise.resolve(void kept.set(key, structuredClone(value))),
    };
    const store = { settings } as unknown as Store;
    const open = (more: { readonly now?: number; readonly address?: Ipv4 } = {}) =>
      openCertificateBook({
        folder, store,
        seal: createSecretBox(new Uint8Array(32).fill(1)),
        address: () => more.address ?? ONE,
        enrolled: () => [MAC],
        now: () => more.now ?? Date.now(),
        changed: () => undefined,
        trouble: (cause) => { throw cause; },
      });
    return { folder, open };
  }

  function settingsOf(result: Awaited<ReturnType<Awaited<ReturnType<typeof openCertificateBook>>['ready']>>): TlsSettings {
    return result.ok ? result.value : expect.fail(result.failure.code);
  }

  it('are made once and kept', async () => {
    const { open } = workspace();
    const first = await open();
    expect(first.view()).toMatchObject({ authority: null, server: null, origin: null });
    const made = settingsOf(await first.ready(ONE));
    expect(made.facts.names).toEqual(['bench.internal', '10.20.0.1']);
    const again = await open();
    expect(settingsOf(await again.ready(ONE))).toEqual(made);
    expect(again.view()).toMatchObject({ origin: 'bench', remark: null, tlsFloor: 'TLSv1.2', clientCertificates: 'off' });
    expect(again.hosts()).toEqual(['bench.internal']);
  });

  it('follow the card to another address, by the same authority, and say so', async () => {
    const { open } = workspace();
    const book = await open({ address: TWO });
    const before = settingsOf(await book.ready(ONE));
    const authority = book.authority();
    const after = settingsOf(await book.ready(TWO));
    expect(after.facts.names).toEqual(['bench.internal', '10.20.0.2']);
    expect(after.chain).not.toBe(before.chain);
    expect(book.authority()).toBe(authority);
    expect(book.view().remark).toEqual({ code: 'tls.renewed', params: { name: '10.20.0.2' } });
  });

  it('are renewed before they end, and an authority that has ended is made anew', async () => {
    const { open } = workspace();
    const now = Date.now();
    const first = settingsOf(await (await open({ now })).ready(ONE));
    const calm = await open({ now: now + 300 * DAY });
    expect(settingsOf(await calm.ready(ONE)).chain).toBe(first.chain);
    const soon = await open({ now: now + 380 * DAY });
    const renewed = settingsOf(await soon.ready(ONE));
    expect(renewed.facts.to).toBeGreaterThan(now + 700 * DAY);
    const authority = soon.authority();
    const late = await open({ now: now + 4_000 * DAY });
    settingsOf(await late.ready(ONE));
    expect(late.authority()).not.toBe(authority);
  });

  it('are never replaced when they cannot be opened', async () => {
    const { open, folder } = workspace();
    await (await open()).ready(ONE);
    const file = join(folder, 'keys', 'authority.json');
    writeFileSync(file, '{');
    const book = await open();
    expect(await book.ready(ONE)).toMatchObject({ ok: false, failure: { code: 'pki.drawer-unreadable' } });
    expect(await book.renew(10, [])).toMatchObject({ ok: false });
    expect(book.view().remark).toMatchObject({ code: 'pki.drawer-unreadable' });
    expect(readFileSync(file, 'utf8')).toBe('{');
  });

  it('tell a running server of every change', async () => {
    const { open } = workspace();
    const book = await open();
    const heard: TlsSettings[] = [];
    settingsOf(await book.ready(ONE));
    const stop = book.follow((settings) => heard.push(settings));
    await book.renew(100, ['prov.example.com']);
    await book.setClientCertificates('asked');
    await book.setFloor('TLSv1.1');
    stop();
    await book.setFloor('TLSv1.2');
    expect(heard.map(({ clientCertificates, floor, facts }) => [facts.names[0], clientCertificates, floor])).toEqual([
      ['prov.example.com', 'off', 'TLSv1.2'], ['prov.example.com', 'asked', 'TLSv1.2'], ['prov.example.com', 'asked', 'TLSv1.1'],
    ]);
    expect(new X509Certificate(heard[0]?.chain ?? '').subject).toBe('CN=prov.example.com');
    const later = await open();
    expect(later.view()).toMatchObject({ clientCertificates: 'asked', tlsFloor: 'TLSv1.2' });
    expect(await later.renew(100, ['not a name'])).toMatchObject({ ok: false, failure: { code: 'pki.name-bad' } });
  });

  it('count a phone once that has the authority, and none when there is another authority', async () => {
    const { open } = workspace();
    const book = await open();
    await book.ready(ONE);
    const fetched = (path: string, confirmed = true): Observation => ({
      at: 1, server: 'http', peer: { address: '10.20.0.9', port: 1 }, asked: 'GET', facts: { path },
      outcome: { kind: 'delivered', answer: '200', bytes: 1, confirmed },
    });
    book.observed(fetched('/ca.pem', false), MAC);
    book.observed(fetched('/ca.pem'), null);
    book.observed(fetched('/other.pem'), MAC);
    expect(book.view()).toMatchObject({ phones: 1, phonesHolding: 0 });
    book.observed(fetched('/ca.pem?x'), MAC);
    book.observed(fetched('ca.pem'), MAC);
    expect(book.view().phonesHolding).toBe(1);
    const late = await open({ now: Date.now() + 4_000 * DAY });
    expect(late.view().phonesHolding).toBe(1);
    await late.ready(ONE);
    expect(late.view().phonesHolding).toBe(0);
  });

  it('keep the newest 20 failed handshakes', async () => {
    const book = await workspace().open();
    for (let at = 0; at < 30; at += 1) {
      book.observed({
        at, server: 'https', peer: { address: '10.20.0.9', port: 1 }, asked: 'TLS', facts: {},
        outcome: { kind: 'refused', answer: 'alert 48', code: 'tls.unknown-ca' }, detail: { name: 'x', secret: true },
      }, null);
    }
    const { failed } = book.view();
    expect(failed).toHaveLength(20);
    expect(failed[0]).toEqual({ at: 29, peer: '10.20.0.9', code: 'tls.unknown-ca', params: { name: 'x' } });
  });
});
