import type { SyslogConfig, SyslogLimits } from './config.ts';
import type { ReceivedLine } from './needs.ts';
import type { Opened, Tally } from './receiver.ts';

/** What the receiving thread is started with. */
export interface ReceiverSetup {
  readonly config: SyslogConfig;
  readonly limits: SyslogLimits;
}

export type ToReceiver = { readonly kind: 'taken'; readonly lines: number } | { readonly kind: 'close' };

export type FromReceiver =
  | { readonly kind: 'opened'; readonly opened: Opened }
  | { readonly kind: 'batch'; readonly cells: readonly Cell[] }
  | { readonly kind: 'tally'; readonly tally: Tally }
  | { readonly kind: 'failed'; readonly cause: string }
  | { readonly kind: 'closed' };

type Cell = string | number | null;

/** Cells of one line: a flat list crosses between threads several times cheaper than objects in objects. */
const WIDTH = 9;

export function packLines(lines: readonly ReceivedLine[]): readonly Cell[] {
  const cells: Cell[] = [];
  for (const { at, peer, facility, severity, text, host, app, transport } of lines) {
    cells.push(at, peer.address, peer.port, facility, severity, text, host, app, transport);
  }
  return cells;
}

export function unpackLines(cells: readonly Cell[]): readonly ReceivedLine[] {
  const lines: ReceivedLine[] = [];
  for (let at = 0; at + WIDTH <= cells.length; at += WIDTH) {
    const [time, address, port, facility, severity, text, host = null, app = null, transport] = cells.slice(at, at + WIDTH);
    lines.push({
      at: Number(time),
      peer: { address: String(address), port: Number(port) },
      facility: Number(facility),
      severity: Number(severity),
      text: String(text),
      host: host === null ? null : String(host),
      app: app === null ? null : String(app),
      transport: transport === 'tcp' ? 'tcp' : 'udp',
    });
  }
  return lines;
}
