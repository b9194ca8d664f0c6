import { describe, expect, it } from 'vitest';
import type { LintView } from '../../../../../common/contract/views/profiles.ts';
import { LintRunner } from '../../../../../renderer/screens/profiles/lint-runner.ts';

const view = (phones: number): LintView => ({ findings: [], errors: 0, warnings: 0, phones, unfillable: [] });

/** A host that answers when told, and a clock that runs when told. */
function scene() {
  const asked: { readonly text: string; readonly answer: (view: LintView) => void; readonly fail: () => void }[] = [];
  let due: (() => void)[] = [];
  const runner = new LintRunner({
    ask: (text) => new Promise((answer, reject) => asked.push({ text, answer, fail: () => reject(new Error('gone')) })),
    later: (work) => {
      due.push(work);
      return () => {
        due = due.filter((each) => each !== work);
      };
    },
  });
  const pause = async () => {
    for (const work of due.splice(0)) work();
    await settle();
  };
  return { runner, asked, pause };
}
const settle = () => new Promise((done) => setTimeout(done, 0));

describe('the lint of what is typed', () => {
  it('waits for a pause, and sends the newest text alone', async () => {
    const { runner, asked, pause } = scene();
    for (const text of ['a', 'ab', 'abc']) runner.type(text);
    await pause();
    expect(asked.map(({ text }) => text)).toEqual(['abc']);
  });

  it('drops an answer to a text that is not the newest', async () => {
    const { runner, asked, pause } = scene();
    runner.type('a');
    await pause();
    runner.type('ab');
    asked[0]?.answer(view(1));
    await settle();
    expect(runner.answer.get()).toBeNull();
    await pause();
    asked[1]?.answer(view(2));
    await settle();
    expect(runner.answer.get()).toEqual({ text: 'ab', view: view(2) });
  });

  it('never sends the same text twice, and never two at once', async () => {
    const { runner, asked, pause } = scene();
    runner.type('a');
    await pause();
    const first = runner.read('a');
    const second = runner.read('b');
    await settle();
    expect(asked).toHaveLength(1);
    asked[0]?.answer(view(1));
    await settle();
    expect(asked.map(({ text }) => text)).toEqual(['a', 'b']);
    asked[1]?.answer(view(2));
    expect([await first, await second]).toEqual([view(1), view(2)]);
    expect(await runner.read('b')).toEqual(view(2));
    expect(asked).toHaveLength(2);
  });

  it('gives nothing when the host does not answer, and asks again the next time', async () => {
    const { runner, asked } = scene();
    const lost = runner.read('a');
    await settle();
    asked[0]?.fail();
    expect(await lost).toBeNull();
    void runner.read('a');
    await settle();
    expect(asked).toHaveLength(2);
  });
});
