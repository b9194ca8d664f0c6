import { EventEmitter } from 'node:events';
import { pathToFileURL } from 'node:url';
import type { WireMessage } from './ports.ts';

type FromParent =
  | { readonly kind: 'message'; readonly data: unknown; readonly ports: readonly number[] }
  | { readonly kind: 'wire'; readonly message: WireMessage };

/** A `MessagePortMain` of the child: what it is told goes over the wire of the process. */
class ChildPort extends EventEmitter {
  readonly #id: number;
  #queue: unknown[] | null = [];

  constructor(id: number) {
    super();
    this.#id = id;
  }

  postMessage(data: unknown): void {
    process.send?.({ kind: 'wire', message: { kind: 'data', id: this.#id, data } });
  }

  start(): void {
    const queue = this.#queue ?? [];
    this.#queue = null;
    for (const data of queue) this.emit('message', { data, ports: [] });
  }

  close(): void {
    ports.delete(this.#id);
    process.send?.({ kind: 'wire', message: { kind: 'close', id: this.#id } });
  }

  receive(data: unknown): void {
    if (this.#queue !== null) this.#queue.push(data);
    else this.emit('message', { data, ports: [] });
  }
}

const ports = new Map<number, ChildPort>();
const parentPort = Object.assign(new EventEmitter(), { postMessage: (data: unknown) => process.send?.({ kind: 'message', data }) });
Object.defineProperty(process, 'parentPort', { value: parentPort });

const early: object[] = [];
parentPort.on('newListener', () => {
  queueMicrotask(() => {
    for (const event of early.splice(0)) parentPort.emit('message', event);
  });
});

process.on('message', (message: FromParent) => {
  if (message.kind === 'wire') {
    const port = ports.get(message.message.id);
    if (message.message.kind === 'data') port?.receive(message.message.data);
    else {
      ports.delete(message.message.id);
      port?.emit('close');
    }
    return;
  }
  const handed = message.ports.map((id) => new ChildPort(id));
  for (const [index, port] of handed.entries()) ports.set(message.ports[index] ?? 0, port);
  const event = { data: message.data, ports: handed };
  // Electron keeps messages until somebody listens.
  if (parentPort.listenerCount('message') > 0) parentPort.emit('message', event);
  else early.push(event);
});
// A main process that is gone takes its utility processes with it.
process.on('disconnect', () => process.exit(1));

const [, , module = '', ...args] = process.argv;
process.argv = [process.execPath, module, ...args];
await import(pathToFileURL(module).href);
