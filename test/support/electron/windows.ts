import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Chromium, Parameters } from './chromium.ts';
import { PortWire, type StandInPort, type WireMessage } from './ports.ts';

type PageHandler = (request: Request) => Promise<Response>;
type OpenHandler = (details: { readonly url: string }) => { readonly action: string };
type FromPage =
  | { readonly kind: 'send'; readonly channel: string; readonly args: readonly unknown[] }
  | { readonly kind: 'wire'; readonly message: WireMessage };

interface PausedRequest {
  readonly requestId: string;
  readonly request: { readonly url: string; readonly method: string };
  readonly resourceType: string;
  readonly frameId: string;
}

/** What all windows share: the browser, the answers of the main process and its ears. */
export interface Surroundings {
  readonly chromium: Chromium;
  readonly protocols: ReadonlyMap<string, PageHandler>;
  readonly mayRequest: (url: string) => Promise<boolean>;
  readonly ipc: EventEmitter;
  readonly created: (contents: StandInContents) => void;
}

/** Chromium knows no scheme of ours: inside it the page has this origin, outside it is `app://dialbench`. */
const INSIDE = 'https://dialbench.invalid';
const OUTSIDE = 'app://dialbench';
const PAGE_SCRIPT = readFileSync(new URL('page.js', import.meta.url), 'utf8');

export class StandInContents extends EventEmitter {
  targetId = '';
  readonly #around: Surroundings;
  #session = '';
  #url = '';
  #loading = '';
  #openHandler: OpenHandler = () => ({ action: 'allow' });
  readonly #wire = new PortWire((message) => void this.#hear({ kind: 'wire', message }));

  constructor(around: Surroundings) {
    super();
    this.#around = around;
    around.created(this);
  }

  getURL(): string {
    return this.#url;
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  isDestroyed(): boolean {
    return this.targetId === '';
  }

  close(): void {
    void this.#around.chromium.send('Target.closeTarget', { targetId: this.targetId }).catch(() => undefined);
  }

  async load(url: string, preload: string | undefined): Promise<void> {
    const { chromium } = this.#around;
    const created = (await chromium.send('Target.createTarget', { url: 'about:blank' })) as unknown as { readonly targetId: string };
    this.targetId = created.targetId;
    const attached = await chromium.send('Target.attachToTarget', { targetId: this.targetId, flatten: true });
    this.#session = (attached as unknown as { readonly sessionId: string }).sessionId;
    this.#listen();
    await this.#send('Runtime.enable');
    await this.#send('Page.enable');
    await this.#send('Runtime.addBinding', { name: '__standIn' });
    await this.#send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
    if (preload !== undefined) {
      const source = `${PAGE_SCRIPT}\nwindow.__standInPreload((require, exports, module) => {\n${readFileSync(preload, 'utf8')}\n});`;
      await this.#send('Page.addScriptToEvaluateOnNewDocument', { source });
    }
    this.#loading = url;
    await this.#send('Page.navigate', { url: url.replace(OUTSIDE, INSIDE) });
  }

  #send(method: string, parameters: Readonly<Record<string, unknown>> = {}): Promise<Parameters> {
    return this.#around.chromium.send(method, parameters, this.#session);
  }

  #listen(): void {
    const on = (method: string, run: (parameters: Parameters) => void): void =>
      this.#around.chromium.on(method, (parameters, session) => session === this.#session && run(parameters));
    on('Fetch.requestPaused', (paused) => void this.#answer(paused as unknown as PausedRequest).catch(() => undefined));
    on('Runtime.bindingCalled', ({ payload }) => this.#told(JSON.parse(String(payload)) as FromPage));
    on('Runtime.executionContextsCleared', () => this.#wire.end());
    on('Page.frameNavigated', ({ frame }) => {
      const { url, parentId } = frame as { readonly url: string; readonly parentId?: string };
      if (parentId === undefined) this.#url = url.replace(INSIDE, OUTSIDE);
    });
    on('Page.domContentEventFired', () => this.emit('dom-ready'));
    this.#around.chromium.on('Target.targetCreated', ({ targetInfo }) => {
      const { targetId, openerId, url } = targetInfo as { readonly targetId: string; readonly openerId?: string; readonly url: string };
      if (openerId !== this.targetId || this.#openHandler({ url }).action !== 'deny') return;
      void this.#around.chromium.send('Target.closeTarget', { targetId }).catch(() => undefined);
    });
    this.#around.chromium.on('Target.targetDestroyed', ({ targetId }) => {
      if (targetId !== this.targetId) return;
      this.targetId = '';
      this.#wire.end();
      this.emit('destroyed');
    });
  }

  /** Every request of the page: our guards first, then our protocol handler. */
  async #answer({ requestId, request, resourceType, frameId }: PausedRequest): Promise<void> {
    const url = request.url.replace(INSIDE, OUTSIDE);
    const isMainFrame = frameId === this.targetId;
    if (resourceType === 'Document' && !(isMainFrame && url === this.#loading)) {
      if (this.#refused('will-frame-navigate', url, isMainFrame) || (isMainFrame && this.#refused('will-navigate', url, isMainFrame))) {
        await this.#send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
        return;
      }
    }
    const handler = this.#around.protocols.get(new URL(url).protocol.slice(0, -1));
    if (!(await this.#around.mayRequest(url)) || handler === undefined) {
      await this.#send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' });
      return;
    }
    const response = await handler(new Request(url, { method: request.method }));
    const responseHeaders = [...response.headers].map(([name, value]) => ({ name, value }));
    const body = Buffer.from(await response.arrayBuffer()).toString('base64');
    await this.#send('Fetch.fulfillRequest', { requestId, responseCode: response.status, responseHeaders, body });
  }

  #refused(event: string, url: string, isMainFrame: boolean): boolean {
    let prevented = false;
    this.emit(event, { url, isMainFrame, preventDefault: () => (prevented = true) });
    return prevented;
  }

  #told(message: FromPage): void {
    if (message.kind === 'wire') return this.#wire.take(message.message);
    const senderFrame = {
      url: this.#url,
      parent: null,
      postMessage: (channel: string, data: unknown, ports: readonly StandInPort[] = []) =>
        void this.#hear({ kind: 'post', channel, data, ports: ports.map((port) => this.#wire.hand(port)) }),
    };
    this.#around.ipc.emit(message.channel, { sender: this, senderFrame }, ...message.args);
  }

  async #hear(message: object): Promise<void> {
    if (this.isDestroyed()) return;
    const expression = `window.__standInHear?.(${JSON.stringify(JSON.stringify(message))})`;
    await this.#send('Runtime.evaluate', { expression }).catch(() => undefined);
  }
}
