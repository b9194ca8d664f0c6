import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { fileURLToPath } from 'node:url';
import { PortWire, type StandInPort, type WireMessage } from './ports.ts';

type FromChild = { readonly kind: 'message'; readonly data: unknown } | { readonly kind: 'wire'; readonly message: WireMessage };

/** `utilityProcess`: a plain Node child that runs the given module with a `process.parentPort`. */
export class StandInUtility extends EventEmitter {
  readonly #child: ChildProcess;
  readonly #wire: PortWire;

  constructor(module: string, args: readonly string[], options: { readonly env?: NodeJS.ProcessEnv }) {
    super();
    const shim = fileURLToPath(new URL('utility-child.ts', import.meta.url));
    // Playwright's own inspector must not be inherited.
    this.#child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', shim, module, ...args], {
      env: options.env ?? process.env,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.#wire = new PortWire((message) => this.#child.connected && this.#child.send({ kind: 'wire', message }));
    this.#child.on('message', (message: FromChild) => {
      if (message.kind === 'wire') this.#wire.take(message.message);
      else this.emit('message', message.data);
    });
    this.#child.once('exit', (code) => {
      this.#wire.end();
      this.emit('exit', code ?? 1);
    });
    process.once('exit', () => this.#child.kill('SIGKILL'));
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  postMessage(data: unknown, ports: readonly StandInPort[] = []): void {
    if (this.#child.connected) this.#child.send({ kind: 'message', data, ports: ports.map((port) => this.#wire.hand(port)) });
  }

  kill(): boolean {
    return this.#child.kill('SIGTERM');
  }
}
