import { createSocket } from 'node:dgram';
import type { Ipv4 } from '../../../common/values/ip.ts';

export interface UdpQuestion {
  readonly address: Ipv4;
  readonly port: number;
  readonly bytes: Uint8Array;
  /** Whether these bytes answer the question; null waits on. */
  accepts(bytes: Uint8Array): boolean;
}

export type UdpAnswer = { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly cause: string };

const TRIES = 3;
const TRY_MS = 1000;

/** Asks by UDP, three times at most, and gives the first answer that is one. Ends within 3 s. */
export function askUdp(question: UdpQuestion, signal: AbortSignal): Promise<UdpAnswer> {
  const socket = createSocket('udp4');
  return new Promise((resolve) => {
    let tries = 0;
    let over = false;
    const end = (answer: UdpAnswer): void => {
      if (over) return;
      over = true;
      clearInterval(again);
      signal.removeEventListener('abort', cancel);
      socket.close();
      resolve(answer);
    };
    const cancel = (): void => end({ ok: false, cause: 'cancelled' });
    const ask = (): void => {
      tries += 1;
      if (tries > TRIES) end({ ok: false, cause: 'timed out' });
      else socket.send(question.bytes, (error) => error && end({ ok: false, cause: error.message }));
    };
    const again = setInterval(ask, TRY_MS);
    signal.addEventListener('abort', cancel, { once: true });
    socket.on('error', (error) => end({ ok: false, cause: error.message }));
    socket.on('message', (bytes) => {
      if (question.accepts(bytes)) end({ ok: true, bytes: Uint8Array.from(bytes) });
    });
    // A connected socket hears of a closed port, and hears nobody else.
    socket.connect(question.port, question.address, ask);
    if (signal.aborted) cancel();
  });
}
