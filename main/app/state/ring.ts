import { randomUUID } from 'node:crypto';
import { done, failed, type Failure, type Result } from '../../../common/values/failure.ts';
import { ownerKey, type KeyOwner, type KeyUse, type KeyView } from '../../../common/values/key.ts';
import type { Mac } from '../../../common/values/mac.ts';
import type { IkmForm, Protection } from '../../../common/values/protection.ts';
import { fingerprintOf, newKeyText } from '../../crypto/new-key.ts';
import type { SecretBox } from '../../crypto/workspace-key.ts';
import type { KeyRow, Store } from '../../store/store.ts';
import { createTurn } from '../turn.ts';

/** The keys of the workspace: opened once, kept in memory, sealed on disk. */
export interface Ring {
  list(): readonly KeyView[];
  /** An owner that has a key of this use keeps it unless `replace`. */
  make(owner: KeyOwner, use: KeyUse, form: IkmForm, replace: boolean): Promise<Result<KeyView>>;
  /** One for each phone that has none. */
  makeForPhones(macs: readonly Mac[], use: KeyUse, form: IkmForm): Promise<number>;
  take(owner: KeyOwner, use: KeyUse, text: string): Promise<Result<KeyView>>;
  /** @returns `key.shown` for a second time without `again` */
  reveal(id: string, again: boolean): Promise<Result<{ readonly text: string; readonly view: KeyView }>>;
  textOf(id: string): string | null;
  remove(id: string): Promise<boolean>;
  /** The key that a protection names for this phone, null when it is not kept here. */
  keyFor(protection: Protection, mac: Mac): string | null;
  /** Every key that something from this phone may have been encrypted with: its own first. */
  candidates(mac: Mac | null, use: KeyUse): readonly string[];
}

export interface RingNeeds {
  readonly store: Store;
  readonly box: SecretBox;
  now(): number;
  /** @param texts false when only what is told of a key changed, not what phones are given */
  changed(texts: boolean): void;
  /** A key that the workspace's own key does not open. */
  trouble(failure: Failure): void;
}

interface Held {
  readonly row: KeyRow;
  /** null: sealed with another workspace key. */
  readonly text: string | null;
}

/** Signs of a key: what a phone's field takes, and no line break, which a file or a scanner adds by accident. */
const KEY_TEXT = /^[^\p{Cc}]{1,512}$/u;

export async function openRing({ store, box, now, changed, trouble }: RingNeeds): Promise<Ring> {
  const held = new Map<string, Held>();
  const byOwner = new Map<string, Held>();
  // Looked at and changed in one turn: two windows that make a phone's key at once get the same one.
  const inTurn = createTurn();
  for (const row of await store.keys.all()) {
    const text = box.open(row.sealed, contextOf(row.id));
    put({ row, text: text.ok ? text.value : null });
    if (!text.ok) trouble(text.failure);
  }
  const find = (owner: KeyOwner, use: KeyUse): Held | undefined => byOwner.get(`${use} ${ownerKey(owner)}`);

  return {
    list: () => Array.from(held.values(), ({ row }) => toView(row)),
    make: (owner, use, form, replace) => inTurn(async () => {
      const before = find(owner, use);
      if (before && !replace) return done(toView(before.row));
      return done(await keep([seal(owner, use, newKeyText(use, form))]));
    }),
    makeForPhones: (macs, use, form) => inTurn(async () => {
      const rows = Array.from(new Set(macs)).map((mac): KeyOwner => ({ kind: 'phone', mac }))
        .filter((owner) => !find(owner, use)).map((owner) => seal(owner, use, newKeyText(use, form)));
      if (rows.length > 0) await keep(rows);
      return rows.length;
    }),
    take: (owner, use, text) => inTurn(async () => (KEY_TEXT.test(text) ? done(await keep([seal(owner, use, text)])) : failed('key.unusable'))),
    reveal: (id, again) => inTurn(async () => {
      const known = held.get(id);
      if (known?.text == null) return failed('key.unknown');
      if (known.row.shownAt !== null && !again) return failed('key.shown');
      const view = await keep([{ row: { ...known.row, shownAt: now() }, text: known.text }]);
      return done({ text: known.text, view });
    }),
    textOf: (id) => held.get(id)?.text ?? null,
    remove: (id) => inTurn(async () => {
      const removed = await store.keys.remove(id);
      const known = held.get(id);
      if (known) drop(known);
      changed(true);
      return removed;
    }),
    keyFor: ({ container, key }, mac) => {
      const use: KeyUse = container === 'aes128gcm' ? 'ikm' : 'passphrase';
      if (key === null) return null;
      if (key === 'phone') return find({ kind: 'phone', mac }, use)?.text ?? null;
      return (find({ kind: 'batch', name: key.shared }, use) ?? find({ kind: 'customer', name: key.shared }, use))?.text ?? null;
    },
    candidates: (mac, use) => {
      const own = mac === null ? [] : [find({ kind: 'phone', mac }, use)?.text];
      const shared = Array.from(held.values()).filter(({ row }) => row.use === use && row.owner.kind !== 'phone').map(({ text }) => text);
      return [...own, ...shared].filter((text) => text !== null && text !== undefined);
    },
  };

  function put(one: Held): void {
    held.set(one.row.id, one);
    byOwner.set(`${one.row.use} ${ownerKey(one.row.owner)}`, one);
  }

  function drop({ row }: Held): void {
    held.delete(row.id);
    byOwner.delete(`${row.use} ${ownerKey(row.owner)}`);
  }

  function seal(owner: KeyOwner, use: KeyUse, text: string): Held & { readonly text: string } {
    const id = randomUUID();
    const row: KeyRow = { id, owner, use, sealed: box.seal(text, contextOf(id)), fingerprint: fingerprintOf(text), createdAt: now(), shownAt: null };
    return { row, text };
  }

  /** On disk first: a phone is never told a key that a crash could forget. */
  async function keep(rows: readonly (Held & { readonly text: string })[]): Promise<KeyView> {
    await store.keys.put(rows.map(({ row }) => row));
    const texts = rows.some((one) => held.get(one.row.id)?.text !== one.text);
    for (const one of rows) {
      const before = find(one.row.owner, one.row.use);
      if (before) drop(before);
      put(one);
    }
    changed(texts);
    const [first] = rows;
    if (!first) throw new Error('no key to keep');
    return toView(first.row);
  }
}

function contextOf(id: string): string {
  return `key:${id}`;
}

function toView({ id, owner, use, createdAt, fingerprint, shownAt }: KeyRow): KeyView {
  return { id, owner, use, createdAt, fingerprint, shownAt };
}
