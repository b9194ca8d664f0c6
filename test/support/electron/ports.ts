import { EventEmitter } from 'node:events';

/** One end of a pipe in the main process. Handing it on binds it to whoever holds the other side of a wire. */
export class StandInPort extends EventEmitter {
  twin: StandInPort | null = null;
  #queue: unknown[] = [];
  #started = false;
  #closed = false;

  postMessage(message: unknown): void {
    if (!this.#closed) queueMicrotask(() => this.twin?.receive(message));
  }

  start(): void {
    this.#started = true;
    for (const data of this.#queue.splice(0)) this.emit('message', { data, ports: [] });
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.twin?.close();
    this.emit('close');
  }

  receive(data: unknown): void {
    if (this.#closed) return;
    if (this.#started) this.emit('message', { data, ports: [] });
    else this.#queue.push(data);
  }
}

export class StandInChannel {
  readonly port1 = new StandInPort();
  readonly port2 = new StandInPort();
  constructor() {
    this.port1.twin = this.port2;
    this.port2.twin = this.port1;
  }
}

/** Ports that were handed over a wire that only carries JSON: each has a number there. */
export class PortWire {
  readonly #ports = new Map<number, StandInPort>();
  readonly #send: (message: WireMessage) => void;
  #last = 0;

  constructor(send: (message: WireMessage) => void) {
    this.#send = send;
  }

  /** Gives the port to the other side and answers with its number. */
  hand(port: StandInPort): number {
    const id = ++this.#last;
    this.#ports.set(id, port);
    port.on('message', ({ data }: { readonly data: unknown }) => this.#send({ kind: 'data', id, data }));
    port.on('close', () => {
      if (this.#ports.delete(id)) this.#send({ kind: 'close', id });
    });
    // What was queued may only follow the message that names the port.
    queueMicrotask(() => port.start());
    return id;
  }

  take(message: WireMessage): void {
    const port = this.#ports.get(message.id);
    if (message.kind === 'data') port?.postMessage(message.data);
    else {
      this.#ports.delete(message.id);
      port?.close();
    }
  }

  /** The other side is gone. */
  end(): void {
    for (const [id, port] of this.#ports) {
      this.#ports.delete(id);
      port.close();
    }
  }
}

export type WireMessage = { readonly kind: 'data'; readonly id: number; readonly data: unknown } | { readonly kind: 'close'; readonly id: number };
