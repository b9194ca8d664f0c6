import { describe, expect, it } from 'vitest';
import type { FormEdit } from '../../../../../../common/contract/views/profiles.ts';
import { FormEdits } from '../../../../../../renderer/screens/profiles/form/form-edits.ts';

const edit = (name: string, value: string): FormEdit => ({ name, intent: value === '' ? 'omitted' : 'value', value });
const settle = () => new Promise((done) => setTimeout(done, 0));

/** A text of `name=value` lines, a host that may be away or held, and a clock that runs when told. */
function scene() {
  const page = { text: 'a=1\nb=2' };
  const host = { away: false, hold: null as Promise<void> | null, asked: 0 };
  let due: (() => void)[] = [];
  const edits = new FormEdits({
    text: () => page.text,
    write: (text) => {
      page.text = text;
    },
    ask: async (text, { name, value }) => {
      host.asked += 1;
      await host.hold;
      if (host.away) throw new Error('the bench host is gone');
      const next = text.split('\n').map((line) => (line.startsWith(`${name}=`) ? `${name}=${value}` : line)).join('\n');
      return { text: next, changed: next !== text };
    },
    later: (work) => {
      due.push(work);
      return () => {
        due = due.filter((each) => each !== work);
      };
    },
  });
  const rest = async () => {
    for (const work of due.splice(0)) work();
    await settle();
  };
  return { page, host, edits, rest };
}

describe('values typed into fields', () => {
  it('are written once the hand rests', async () => {
    const { page, edits, rest } = scene();
    for (const value of ['x', 'xy']) edits.type(edit('a', value));
    expect(edits.pending()).toBe(true);
    await rest();
    expect(page.text).toBe('a=xy\nb=2');
    expect(edits.pending()).toBe(false);
  });

  it('are all in the text after a flush, however short ago they were typed', async () => {
    const { page, edits } = scene();
    edits.type(edit('a', 'x'));
    edits.type(edit('b', ''), { rest: false });
    await edits.flush();
    expect(page.text).toBe('a=x\nb=');
  });

  it('wait for each other, so that none is written over', async () => {
    const { page, edits } = scene();
    edits.put(edit('a', 'x'));
    edits.put(edit('b', 'y'));
    await edits.flush();
    expect(page.text).toBe('a=x\nb=y');
  });

  it('start anew from a text that was typed while they were on their way', async () => {
    const { page, host, edits } = scene();
    let release = () => {};
    host.hold = new Promise<void>((done) => {
      release = done;
    });
    edits.put(edit('a', 'x'));
    await settle();
    page.text = 'a=1\nb=typed';
    release();
    await edits.flush();
    expect(page.text).toBe('a=x\nb=typed');
  });

  it('stay with the reason while the host is away, and are written once it is back', async () => {
    const { page, host, edits } = scene();
    host.away = true;
    edits.type(edit('a', 'x'));
    await expect(edits.flush()).rejects.toThrow('gone');
    expect(edits.failure.get()).toBeInstanceOf(Error);
    expect(edits.waiting.get().get('a')).toMatchObject({ value: 'x', state: 'typed' });
    host.away = false;
    await edits.flush();
    expect(page.text).toBe('a=x\nb=2');
    expect(edits.failure.get()).toBeNull();
  });

  it('are shown in their field until the fields of the new text are there', async () => {
    const { page, edits } = scene();
    edits.put(edit('a', 'x'));
    await edits.flush();
    expect(edits.waiting.get().get('a')).toMatchObject({ value: 'x', state: 'written' });
    edits.shown('a=1\nb=2');
    expect(edits.waiting.get().size).toBe(1);
    edits.shown(page.text);
    expect(edits.waiting.get().size).toBe(0);
  });

  it('are dropped with the text they belong to, also one whose answer is still to come', async () => {
    const { page, host, edits, rest } = scene();
    let release = () => {};
    host.hold = new Promise<void>((done) => {
      release = done;
    });
    edits.put(edit('a', 'x'));
    edits.type(edit('b', 'y'));
    await settle();
    edits.drop();
    release();
    await rest();
    expect(page.text).toBe('a=1\nb=2');
    expect(edits.pending()).toBe(false);
  });
});
