import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { KeyOwner } from '../../../../common/values/key.ts';
import type { Mac } from '../../../../common/values/mac.ts';
import { UNPROTECTED, type Protection } from '../../../../common/values/protection.ts';
import { openRing } from '../../../../main/app/state/ring.ts';
import { createSecretBox } from '../../../../main/crypto/secret-box.ts';
import type { KeyRow, Store } from '../../../../main/store/store.ts';

const phone: KeyOwner = { kind: 'phone', mac: '00562b043615' as Mac };
const customer: KeyOwner = { kind: 'customer', name: 'Saint-Roch' };
const aes: Protection = { ...UNPROTECTED, container: 'aes', key: 'phone' };

function shelf() {
  const rows = new Map<string, KeyRow>();
  const keys: Store['keys'] = {
    all: () => Promise.resolve([...rows.values()]),
    put: (some) => {
      for (const row of some) rows.set(row.id, row);
      return Promise.resolve();
    },
    remove: (id) => Promise.resolve(rows.delete(id)),
  };
  return { rows, store: { keys } as unknown as Store };
}

describe('the key ring', () => {
  const box = createSecretBox(randomBytes(32));
  async function open(kept = shelf(), key = box) {
    const troubles: string[] = [];
    let changes = 0;
    const ring = await openRing({ store: kept.store, box: key, now: () => 1000, changed: () => { changes += 1; }, trouble: ({ code }) => troubles.push(code) });
    return { ring, kept, troubles, changes: () => changes };
  }

  it('keeps nothing readable on disk', async () => {
    const { ring, kept } = await open();
    const made = await ring.make(phone, 'passphrase', 'base64url', false);
    const text = made.ok ? ring.textOf(made.value.id) : null;
    expect(text).toMatch(/^[\w-]{43}$/);
    expect(JSON.stringify([...kept.rows.values()])).not.toContain(text);
  });

  it('opens again what it kept, and with another workspace key nothing at all', async () => {
    const first = await open();
    const made = await first.ring.make(customer, 'passphrase', 'base64url', false);
    const id = made.ok ? made.value.id : '';
    const again = await open(first.kept);
    expect(again.ring.textOf(id)).toBe(first.ring.textOf(id));
    const foreign = await open(first.kept, createSecretBox(randomBytes(32)));
    expect(foreign.ring.textOf(id)).toBeNull();
    expect(foreign.troubles).toEqual(['crypto.sealed-foreign']);
  });

  it('makes one key for each phone that has none, and leaves the others alone', async () => {
    const { ring, changes } = await open();
    const macs = ['00562b043615', '00562b043616', '00562b043615'] as Mac[];
    expect(await ring.makeForPhones(macs, 'passphrase', 'base64url')).toBe(2);
    const before = ring.list();
    expect(await ring.makeForPhones(macs, 'passphrase', 'base64url')).toBe(0);
    expect(ring.list()).toEqual(before);
    expect(changes()).toBe(1);
  });

  it('replaces a key only when asked to', async () => {
    const { ring } = await open();
    const first = await ring.make(phone, 'passphrase', 'base64url', false);
    expect(await ring.make(phone, 'passphrase', 'base64url', false)).toEqual(first);
    const second = await ring.make(phone, 'passphrase', 'base64url', true);
    expect(second).not.toEqual(first);
    expect(ring.list()).toHaveLength(1);
  });

  it('makes a key for RFC 8188 in the form that the template reads', async () => {
    const { ring } = await open();
    const made = await ring.make(phone, 'ikm', 'hex', false);
    expect(made.ok && ring.textOf(made.value.id)).toMatch(/^[0-9a-f]{32}$/);
  });

  it('shows a key once, and again only when asked again', async () => {
    const { ring } = await open();
    const taken = await ring.take(customer, 'passphrase', 'SecretPhrase1234');
    const id = taken.ok ? taken.value.id : '';
    expect(await ring.reveal(id, false)).toMatchObject({ ok: true, value: { text: 'SecretPhrase1234', view: { shownAt: 1000 } } });
    expect(await ring.reveal(id, false)).toMatchObject({ ok: false, failure: { code: 'key.shown' } });
    expect((await ring.reveal(id, true)).ok).toBe(true);
  });

  it.each(['', 'a\nb', 'x'.repeat(513)])('refuses %j as a key', async (text) => {
    const { ring } = await open();
    expect(await ring.take(customer, 'passphrase', text)).toMatchObject({ ok: false, failure: { code: 'key.unusable' } });
  });

  it('gives a protection the key that it names and no other', async () => {
    const { ring } = await open();
    await ring.take(phone, 'passphrase', 'own');
    await ring.take(customer, 'passphrase', 'shared');
    expect(ring.keyFor(aes, '00562b043615' as Mac)).toBe('own');
    expect(ring.keyFor(aes, '00562b043616' as Mac)).toBeNull();
    expect(ring.keyFor({ ...aes, key: { shared: 'Saint-Roch' } }, '00562b043616' as Mac)).toBe('shared');
    expect(ring.keyFor({ ...aes, container: 'aes128gcm' }, '00562b043615' as Mac)).toBeNull();
    expect(ring.candidates('00562b043615' as Mac, 'passphrase')).toEqual(['own', 'shared']);
  });
});
