import { parentPort, workerData } from 'node:worker_threads';
import { openBlockLimits } from './block-limit.ts';
import { openShelf } from './body.ts';
import { openDesk, type Desk } from './desk.ts';
import { openFiles } from './file-body.ts';
import type { FromWorker, ToWorker, WorkerOrder } from './messages.ts';
import { openOutbox } from './outbox.ts';
import { openSlabs } from './slabs.ts';
import { openSockets, type Sockets } from './sockets.ts';
import { TICK } from './timing.ts';
import type { Counters, Floor } from './transfer.ts';

/**
 * Entry of a transfer worker. It owns its sockets, so neither a busy bench nor a frozen window holds up a transfer.
 * The host sends `answers` and `stop`; everything else comes from the network.
 */
const PROGRESS_EVERY = 250;
const FIGURES_EVERY = 500;

if (parentPort !== null) await run(workerData as WorkerOrder, parentPort);

async function run(order: WorkerOrder, port: NonNullable<typeof parentPort>): Promise<void> {
  const outbox = openOutbox((message) => { port.postMessage(message); });
  const counters: Counters = { delivered: 0, broken: 0, refused: 0, ignored: 0, retransmits: 0, bytes: 0 };
  const limits = openBlockLimits(order.address, order.maxBlockSize, () => performance.now());
  let sockets: Sockets | null = null;
  let troubled = false;

  function onSent(error: NodeJS.ErrnoException | null): void {
    if ((error !== null) === troubled) return;
    troubled = error !== null;
    outbox.trouble(error === null ? null : error.code ?? error.message);
  }

  const floor: Omit<Floor, 'ended'> = {
    shelf: openShelf(), files: openFiles(openSlabs(() => opened().quiet())), outbox, counters,
    clock: () => performance.now(),
    maxBlockSize: (address) => limits.of(address),
    largeBlocksLost(address) {
      limits.lost(address);
      outbox.largeBlocksLost(address);
    },
    send(socket, packet, peer) {
      socket.send(packet, peer.port, peer.address, onSent);
    },
  };

  let wheel: NodeJS.Timeout | null = null;
  const desk: Desk = openDesk(order, () => opened().request, () => opened().next(), floor, () => {
    // The wheel turns only while there are transfers: an idle bench costs no processor time.
    wheel ??= setInterval(() => { setImmediate(turn); }, TICK);
  });
  /** Behind the loop's reading of sockets: on a busy machine the answer is often here already, only unread. */
  function turn(): void {
    desk.tick();
    if (desk.size > 0 || wheel === null) return;
    clearInterval(wheel);
    wheel = null;
  }
  function opened(): Sockets {
    if (sockets === null) throw new Error('a datagram before the sockets are open');
    return sockets;
  }

  try {
    sockets = await openSockets(order, desk.onDatagram, (error) => { onSent(error); });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    port.postMessage({ kind: 'refused', code: code ?? 'unknown', message } satisfies FromWorker);
    port.close();
    return;
  }
  port.postMessage({ kind: 'listening', port: sockets.port, receiveBuffer: sockets.receiveBuffer } satisfies FromWorker);

  const progress = setInterval(() => { if (desk.size > 0) outbox.progress(desk.progress()); }, PROGRESS_EVERY);
  let told = '';
  const figures = setInterval(() => {
    const now = desk.figures();
    const text = JSON.stringify(now);
    if (text === told) return;
    told = text;
    outbox.figures(now);
  }, FIGURES_EVERY);

  port.on('message', (message: ToWorker) => {
    if (message.kind === 'answers') {
      for (const answer of message.answers) desk.onAnswer(answer);
      return;
    }
    if (message.kind === 'small') {
      limits.lost(message.address);
      return;
    }
    desk.stop();
    if (wheel !== null) clearInterval(wheel);
    clearInterval(progress);
    clearInterval(figures);
    outbox.figures(desk.figures());
    outbox.flush();
    // Sends of this turn reach the system before the sockets close.
    setImmediate(() => {
      sockets?.close();
      port.close();
    });
  });
}
