import type { Socket } from 'node:net';
import type { Peer } from '../../../common/values/observation.ts';
import type { Exchange } from './exchange.ts';
import { endsOf, type Ends } from './unacknowledged.ts';

/** How long a client may take to close its side. */
const LINGER_MS = 2_000;

/** One TCP connection: who it is, what waits on it, and what has been sent without proof of arrival. */
export class Connection {
  /** Requests whose answers have not been sent. */
  waiting = 0;
  /** The request that is being served, for an end that Node reports without naming it. */
  current: Exchange | null = null;
  readonly peer: Peer;
  readonly local: Peer;
  /** Where the system's table has it; null where it cannot be there. */
  readonly ends: Ends | null;
  readonly socket: Socket;
  /** Our side is closed: whatever comes now is not served any more. */
  ending = false;
  private readonly unsettled = new Set<Exchange>();

  constructor(socket: Socket) {
    this.socket = socket;
    this.peer = { address: plain(socket.remoteAddress), port: socket.remotePort ?? 0 };
    this.local = { address: plain(socket.localAddress), port: socket.localPort ?? 0 };
    this.ends = endsOf(this.local, this.peer);
    socket.destroySoon = () => { this.endGently(); };
    socket.once('end', () => { this.settleAll(true); });
    socket.once('error', () => { this.settleAll(false, true); });
    socket.once('close', () => { this.settleAll(false); });
  }

  /** A new request or an orderly end shows that the answers before it have arrived. */
  settleAll(confirmed: boolean, reset = false): void {
    for (const exchange of this.unsettled) {
      if (exchange.phase !== 'sent') continue;
      exchange.settle(confirmed, reset ? { ended: 'reset' } : {});
      this.unsettled.delete(exchange);
    }
  }

  /**
   * Closes our side and waits for the client's: node:http would close at once, which may reset the connection before the
   * client has read the answer, and leaves no proof that it did.
   */
  private endGently(): void {
    if (this.ending || this.socket.destroyed) return;
    this.ending = true;
    // A slow phone is still taking what was sent: its proof, or its stall, is found by the watch.
    const timer = setInterval(() => { if (this.unsettled.size === 0) this.socket.destroy(); }, LINGER_MS);
    this.socket.once('close', () => { clearInterval(timer); });
    this.socket.end();
    this.socket.resume();
  }

  add(exchange: Exchange): void {
    this.current = exchange;
    this.waiting += 1;
    this.unsettled.add(exchange);
  }

  remove(exchange: Exchange): void {
    this.unsettled.delete(exchange);
    if (this.current === exchange) this.current = null;
  }
}

function plain(address: string | undefined): string {
  return (address ?? '').replace(/^::ffff:/, '');
}
