import { describe, expect, it } from 'vitest';
import type { Finding, LintView } from '../../../../../../common/contract/views/profiles.ts';
import { Signal } from '../../../../../../renderer/model/signal.ts';
import { Saver, type SavedText, type StoredText } from '../../../../../../renderer/screens/profiles/save/saver.ts';

const finding = (cutsOff: boolean): Finding => ({
  code: cutsOff ? 'lint.cuts-off.provision' : 'lint.unclosed', params: {}, severity: 'error', span: { from: 0, to: 1, line: 1, column: 1 }, fix: null, cutsOff,
});
const lint = (...findings: readonly Finding[]): LintView => ({ findings, errors: findings.length, warnings: 0, phones: 8, unfillable: [] });

/** A host with one stored text, whose lint finds what a text says. */
function scene({ stored = { text: 'old', version: 1, at: 5 } as StoredText | null } = {}) {
  const host = { stored, calls: 0, silent: false, hold: null as Promise<void> | null };
  const editor = { text: 'mine' };
  const fields = { waiting: null as string | null, refuses: false };
  const saved = new Signal<SavedText>({ text: 'old', version: 1 });
  const saver = new Saver({
    text: () => editor.text,
    saved,
    flush: () => {
      if (fields.refuses) return Promise.reject(new Error('the bench host is gone'));
      if (fields.waiting !== null) editor.text = fields.waiting;
      fields.waiting = null;
      return Promise.resolve();
    },
    judge: (text) => Promise.resolve(host.silent ? null : lint(...(text.includes('cut') ? [finding(true)] : []), ...(text.includes('broken') ? [finding(false)] : []))),
    store: async (text, base) => {
      host.calls += 1;
      await host.hold;
      if (host.stored && host.stored.version !== base) return 'changed';
      host.stored = { text, version: base + 1, at: 9 };
      return { version: base + 1 };
    },
    newest: () => Promise.resolve(host.stored),
  });
  return { host, editor, fields, saved, saver };
}

describe('saving a template', () => {
  it('stores what was checked, not what was typed meanwhile', async () => {
    const { host, editor, saved, saver } = scene();
    const saving = saver.save();
    await Promise.resolve();
    await Promise.resolve();
    editor.text = 'mine, broken';
    expect(await saving).toBe(2);
    expect(host.stored?.text).toBe('mine');
    expect(saved.get()).toEqual({ text: 'mine', version: 2 });
  });

  it('runs once for a key that is pressed twice, without a conflict with oneself', async () => {
    const { host, saver } = scene();
    let release = () => {};
    host.hold = new Promise<void>((done) => {
      release = done;
    });
    const both = [saver.save(), saver.save()];
    await new Promise((done) => setTimeout(done, 0));
    expect(saver.state.get().busy).toBe(true);
    release();
    expect(await Promise.all(both)).toEqual([2, null]);
    expect(host.calls).toBe(1);
    expect(saver.state.get()).toEqual({ busy: false, failure: null, question: null });
  });

  it('takes along what still waits in a field, and stores nothing when that cannot be written', async () => {
    const { host, fields, saver } = scene();
    fields.waiting = 'mine, from the field';
    await saver.save();
    expect(host.stored?.text).toBe('mine, from the field');
    fields.refuses = true;
    expect(await saver.save()).toBeNull();
    expect(saver.state.get().failure?.kind).toBe('call');
    expect(host.calls).toBe(1);
  });

  it('refuses errors and says how many; the next letter takes the words away', async () => {
    const { host, editor, saver } = scene();
    editor.text = 'broken';
    expect(await saver.save()).toBeNull();
    expect(saver.state.get().failure).toEqual({ kind: 'errors', count: 1 });
    expect(host.calls).toBe(0);
    saver.typed();
    expect(saver.state.get().failure).toBeNull();
  });

  it('says so when the bench could not check', async () => {
    const { host, saver } = scene();
    host.silent = true;
    await saver.save();
    expect(saver.state.get().failure).toEqual({ kind: 'unread' });
    expect(host.calls).toBe(0);
  });

  it('asks before phones are cut off, and then stores the very text it asked for', async () => {
    const { host, editor, saver } = scene();
    editor.text = 'cut';
    await saver.save();
    expect(saver.state.get().question).toMatchObject({ kind: 'cuts-off', text: 'cut', base: 1 });
    editor.text = 'something else';
    expect(await saver.saveAnyway()).toBe(2);
    expect(host.stored?.text).toBe('cut');
  });

  it('stores nothing by "all the same" where nothing was asked', async () => {
    const { host, saver } = scene();
    expect(await saver.saveAnyway()).toBeNull();
    expect(await saver.keepMine()).toBeNull();
    expect(host.calls).toBe(0);
  });
});

describe('a template that somebody else changed', () => {
  const conflict = async () => {
    const all = scene({ stored: { text: 'theirs', version: 4, at: 7 } });
    await all.saver.save();
    expect(all.saver.state.get().question).toEqual({ kind: 'changed', theirs: { text: 'theirs', version: 4, at: 7 } });
    return all;
  };
  it('is shown, and kept over theirs when that is chosen', async () => {
    const { host, saver } = await conflict();
    expect(await saver.keepMine()).toBe(5);
    expect(host.stored?.text).toBe('mine');
  });

  it('is not replaced by a text with errors', async () => {
    const all = await conflict();
    all.editor.text = 'broken';
    expect(await all.saver.keepMine()).toBeNull();
    expect(all.saver.state.get()).toMatchObject({ failure: { kind: 'errors' }, question: { kind: 'changed' } });
    expect(all.host.stored?.text).toBe('theirs');
  });

  it('is not replaced by a text that cuts phones off before their number is typed', async () => {
    const all = await conflict();
    all.editor.text = 'cut';
    expect(await all.saver.keepMine()).toBeNull();
    expect(all.saver.state.get().question).toMatchObject({ kind: 'cuts-off', base: 4 });
    expect(all.host.stored?.text).toBe('theirs');
    expect(await all.saver.saveAnyway()).toBe(5);
  });

  it('is no question when both wrote the same', async () => {
    const all = scene({ stored: { text: 'mine', version: 4, at: 7 } });
    await all.saver.save();
    expect(all.saver.state.get().question).toBeNull();
    expect(all.saved.get()).toEqual({ text: 'mine', version: 4 });
  });

  it('is asked for again when a third text came while it was looked at', async () => {
    const { host, saver } = await conflict();
    host.stored = { text: 'a third', version: 5, at: 8 };
    expect(await saver.keepMine()).toBeNull();
    expect(saver.state.get().question).toMatchObject({ kind: 'changed', theirs: { text: 'a third', version: 5 } });
  });

  it('that is gone is told, not passed over', async () => {
    const { saver } = scene({ stored: null });
    await saver.compare();
    expect(saver.state.get().failure).toEqual({ kind: 'gone' });
  });
});
