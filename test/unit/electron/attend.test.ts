import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { os } from '@orpc/server';
import { EventEmitter } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { done, failed } from '../../../common/values/failure.ts';
import { attend, type Attended, type PagePort, type Parent } from '../../../main/electron/attend.ts';

class FakeParent extends EventEmitter {
  readonly heard: unknown[] = [];
  postMessage(message: unknown): void {
    this.heard.push(message);
  }
  attach(port: PagePort): void {
    this.emit('message', { data: { kind: 'attach' }, ports: [port] });
  }
}

/** A `worker_threads` port with the event shape of Electron's `MessagePortMain`. */
function pagePort(): { readonly port: PagePort; readonly client: { ping(): Promise<string> }; readonly closed: Promise<unknown> } {
  const { port1, port2 } = new MessageChannel();
  const port: PagePort = {
    on: (event: string, listener: (event: { readonly data: unknown }) => void) =>
      port1.on(event, (data: unknown) => listener({ data })),
    postMessage: (message) => port1.postMessage(message),
    start: () => port1.start(),
    close: () => port1.close(),
  };
  port2.start();
  const client = createORPCClient<{ ping(): Promise<string> }>(new RPCLink({ port: port2 as unknown as ConstructorParameters<typeof RPCLink>[0]['port'] }));
  return { port, client, closed: new Promise((resolve) => port2.once('close', () => resolve('closed'))) };
}

function bench(): Attended & { stopped: number; switchTo(name: string): void } {
  let name = 'bench';
  let listener = (): void => undefined;
  return {
    stopped: 0,
    router: () => ({ ping: os.handler(() => name) }),
    onSwitch: (given) => {
      listener = given;
    },
    switchTo(next) {
      name = next;
      listener();
    },
    async stop() {
      this.stopped += 1;
      return Promise.resolve();
    },
  };
}

describe('the bench process of the desktop', () => {
  it('says that it is ready, and answers a page through its port', async () => {
    const parent = new FakeParent();
    await attend(parent as unknown as Parent, () => Promise.resolve(done(bench())), { language: 'en', end: () => undefined });
    expect(parent.heard).toEqual([{ kind: 'ready' }]);
    const { port, client } = pagePort();
    parent.attach(port);
    expect(await client.ping()).toBe('bench');
    port.close();
  });

  it('leaves its pages when the demo takes over, so that each connects again to the new one', async () => {
    const parent = new FakeParent();
    const serving = bench();
    await attend(parent as unknown as Parent, () => Promise.resolve(done(serving)), { language: 'en', end: () => undefined });
    const before = pagePort();
    parent.attach(before.port);
    expect(await before.client.ping()).toBe('bench');
    serving.switchTo('demo');
    expect(await before.closed).toBe('closed');
    const after = pagePort();
    parent.attach(after.port);
    expect(await after.client.ping()).toBe('demo');
    after.port.close();
  });

  it('tells why it cannot open, in the language of the person, and ends with 3', async () => {
    const parent = new FakeParent();
    const codes: number[] = [];
    const refused = failed('workspace.in-use', { pid: 7, folder: '/w' });
    await attend(parent as unknown as Parent, () => Promise.resolve(refused), { language: 'fr', end: (code) => codes.push(code) });
    expect(codes).toEqual([3]);
    expect(parent.heard).toMatchObject([{ kind: 'refused', sentence: expect.stringContaining('7') as string }]);
  });

  it('closes everything before it ends, also when it is told to stop while it still opens', async () => {
    for (const early of [true, false]) {
      const parent = new FakeParent();
      const serving = bench();
      const ended = Promise.withResolvers<number>();
      const opening = attend(
        parent as unknown as Parent,
        async () => {
          if (early) parent.emit('message', { data: { kind: 'stop' }, ports: [] });
          return Promise.resolve(done(serving));
        },
        { language: 'en', end: ended.resolve },
      );
      await opening;
      if (!early) parent.emit('message', { data: { kind: 'stop' }, ports: [] });
      expect([await ended.promise, serving.stopped]).toEqual([0, 1]);
    }
  });
});
