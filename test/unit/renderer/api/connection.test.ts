import { describe, expect, it, vi } from 'vitest';
import type { BenchEvent } from '../../../../common/contract/views/bench.ts';
import { Connection, NoAnswerError } from '../../../../renderer/api/connection.ts';
import { RefusedError, type OpenLink } from '../../../../renderer/api/link.ts';
import { benchView } from '../../../support/e2e/fleet.ts';

const snapshot: BenchEvent = { kind: 'snapshot', view: benchView([], 0) };

/** A pipe whose watch gives one snapshot and then nothing, and that the test can break. */
function pipe() {
  let breakIt: () => void = () => undefined;
  const closed = new Promise<void>((resolve) => (breakIt = resolve));
  async function* watch() {
    yield snapshot;
    await new Promise(() => undefined);
  }
  const call = vi.fn(async (path: readonly string[]): Promise<unknown> => (path.at(-1) === 'watch' ? watch() : path.at(-1) === 'never' ? new Promise(() => undefined) : path.join('.')));
  const link: OpenLink = { link: { call }, closed, close: () => breakIt() };
  return { link, call, breakIt: () => breakIt() };
}

const until = async (what: () => boolean) => vi.waitFor(() => expect(what()).toBe(true), { timeout: 30_000, interval: 5 });

describe('the connection', () => {
  it('opens with the first event and serves calls', async () => {
    const events: BenchEvent[] = [];
    const first = pipe();
    const connection = new Connection({ open: async () => first.link, now: () => 0, onEvent: (event) => events.push(event), onOpen: () => undefined });
    void connection.run();
    await until(() => connection.state.get().kind === 'open');
    expect(events).toEqual([snapshot]);
    await expect(connection.client.settings.get()).resolves.toBe('settings.get');
    connection.stop();
  });

  it('says lost with the time of the next try, keeps what waits from waiting for ever, and comes back', async () => {
    const pipes = [pipe(), pipe()];
    const opened = vi.fn();
    let at = 0;
    const connection = new Connection({ open: async () => pipes[at++]?.link ?? Promise.reject(new Error('none')), now: () => 1000, onEvent: () => undefined, onOpen: opened });
    void connection.run();
    await until(() => connection.state.get().kind === 'open');
    const asked = connection.client.settings.get();
    await asked;
    pipes[0]?.call.mockImplementation(() => new Promise(() => undefined));
    const waiting = connection.client.settings.get();
    pipes[0]?.breakIt();
    await expect(waiting).rejects.toBeInstanceOf(NoAnswerError);
    await until(() => connection.state.get().kind === 'lost');
    expect(connection.state.get()).toEqual({ kind: 'lost', since: 1000, retryAt: 1500 });
    connection.tryNow();
    await until(() => connection.state.get().kind === 'open');
    expect(opened).toHaveBeenCalledTimes(2);
    connection.stop();
  });

  it('does not knock again when it was refused', async () => {
    const open = vi.fn(() => Promise.reject(new RefusedError('wrong token')));
    const connection = new Connection({ open, now: () => 0, onEvent: () => undefined, onOpen: () => undefined });
    await connection.run();
    expect(connection.state.get()).toEqual({ kind: 'refused' });
    expect(open).toHaveBeenCalledTimes(1);
  });

  it('fails a call at once while there is no pipe', async () => {
    const connection = new Connection({ open: () => new Promise(() => undefined), now: () => 0, onEvent: () => undefined, onOpen: () => undefined });
    await expect(connection.client.settings.get()).rejects.toBeInstanceOf(NoAnswerError);
  });
});
