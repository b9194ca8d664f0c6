import type { RunningServer, ServerStatus } from '../../../common/values/server.ts';
import type { Failure } from '../../../common/values/failure.ts';
import type { Ipv4 } from '../../../common/values/ip.ts';
import type { HttpNeeds } from '../../servers/http/needs.ts';
import { createHttpServer } from '../../servers/http/server.ts';
import { tlsTransport } from '../../servers/http/tls-transport.ts';
import type { Certificates } from '../state/certificates.ts';

export interface HttpsNeeds {
  readonly http: HttpNeeds;
  readonly certificates: Pick<Certificates, 'ready' | 'follow'>;
}

/** A bench that runs for months looks after its own certificate. */
const LOOK_MS = 6 * 3_600_000;

/**
 * HTTP over TLS with the bench's certificate. A workspace without one makes it while the server is `starting`, which takes
 * about a second; a later change of certificate or settings needs no restart.
 */
export function createHttpsServer({ address, port }: { readonly address: Ipv4; readonly port: number }, needs: HttpsNeeds, now: () => number): RunningServer {
  const { http, certificates } = needs;
  let inner: RunningServer | null = null;
  let state: 'starting' | 'stopped' | 'failed' = 'stopped';
  let failure: Failure | null = null;
  let release: (() => void) | null = null;
  let looking: NodeJS.Timeout | null = null;

  return {
    name: 'https',
    status,
    start: async () => {
      if (state === 'starting' || inner) return status();
      state = 'starting';
      failure = null;
      http.changed();
      const ready = await certificates.ready(address);
      // Stopped while the keys were made: nothing is opened any more.
      if (!isStarting()) return status();
      if (!ready.ok) {
        state = 'failed';
        failure = ready.failure;
        http.changed();
        return status();
      }
      const transport = tlsTransport(ready.value, now);
      release = certificates.follow((settings) => { transport.replace(settings); });
      looking = setInterval(() => {
        void certificates.ready(address).then((next) => { if (next.ok) transport.replace(next.value); });
      }, LOOK_MS);
      looking.unref();
      inner = createHttpServer({ name: 'https', address, port }, http, now, transport);
      return inner.start();
    },
    stop: async () => {
      release?.();
      if (looking) clearInterval(looking);
      release = looking = null;
      state = 'stopped';
      const ending = inner;
      await ending?.stop();
      inner = null;
      http.changed();
    },
  };

  /** Asked anew after each wait: somebody may have stopped it meanwhile. */
  function isStarting(): boolean {
    return state === 'starting';
  }

  function status(): ServerStatus {
    return inner?.status() ?? { name: 'https', state, address: null, port: null, error: failure, figures: {} };
  }
}
