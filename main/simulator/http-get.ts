import { request } from 'node:http';
import { notFetched } from './fetched.ts';
import type { Fetched } from './fetched.ts';
import { MAX_PROFILE_BYTES } from './profile.ts';
import { reactToStatus } from './reaction.ts';

export interface HttpPlace {
  readonly address: string;
  readonly port: number;
  /** With query; empty counts as `/`. */
  readonly path: string;
  /** The Host header, as the URL spelled it. */
  readonly host: string;
}

export interface HttpManner {
  readonly userAgent: string;
  /** Real milliseconds of rest after every piece that is read; 0 = none. */
  readonly restMs: number;
  /** Lose the power at the first piece of the body. */
  readonly dieInBody: boolean;
}

/** Whole exchange, in real milliseconds. */
const LIMIT_MS = 30_000;

/** One GET as a phone sends it, over a connection of its own. Redirects are told, not followed. */
export function httpGet(place: HttpPlace, manner: HttpManner, signal: AbortSignal): Promise<Fetched> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]);
  return new Promise((resolve) => {
    if (limit.aborted) return resolve(notFetched('Cancelled'));
    const sent = request({ ...target(place), headers: headers(place, manner.userAgent), agent: false, signal: limit }, (response) => {
      const status = response.statusCode ?? 0;
      const step = reactToStatus(status);
      const end = (result: Fetched): void => {
        response.destroy();
        resolve(result);
      };
      if (step.kind === 'fail') return end(notFetched(step.error, step.reaction, String(status)));
      // Table 2 of the guide: again with credentials, two tries at most. This phone has none to offer, so there is nothing to repeat.
      if (step.kind === 'authenticate') return end(notFetched(`HTTP status ${status}: no credentials`, 'C', String(status)));
      if (step.kind === 'follow') {
        const location = response.headers.location;
        return end(location ? { kind: 'redirect', location } : notFetched('Redirect without a place to go', 'C', String(status)));
      }
      const pieces: Buffer[] = [];
      let length = 0;
      response.on('data', (piece: Buffer) => {
        if (manner.dieInBody) return end({ kind: 'power-lost' });
        pieces.push(piece);
        length += piece.length;
        if (length > MAX_PROFILE_BYTES) return end(notFetched('File too large'));
        if (manner.restMs > 0) {
          response.pause();
          setTimeout(() => response.resume(), manner.restMs);
        }
      });
      response.on('error', (error) => resolve(notFetched(`Connection lost: ${error.message}`)));
      response.on('end', () => end({ kind: 'file', bytes: Buffer.concat(pieces) }));
    });
    sent.on('error', (error) => resolve(notFetched(`http_get failed: ${error.message}`)));
    sent.end();
  });
}

/** One POST or PUT with an XML body; the answer's status, or the error as text. */
export function httpSend(
  place: HttpPlace, method: 'POST' | 'PUT', body: string, agent: string, signal: AbortSignal,
): Promise<{ readonly status: number } | { readonly error: string }> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(LIMIT_MS)]);
  const bytes = Buffer.from(body, 'utf8');
  return new Promise((resolve) => {
    if (limit.aborted) return resolve({ error: 'Cancelled' });
    const sent = request(
      {
        ...target(place), method, agent: false, signal: limit,
        headers: { ...headers(place, agent), 'Content-Type': 'text/xml', 'Content-Length': bytes.length },
      },
      (response) => {
        response.resume();
        response.on('error', (error) => resolve({ error: error.message }));
        response.on('end', () => resolve({ status: response.statusCode ?? 0 }));
      },
    );
    sent.on('error', (error) => resolve({ error: error.message }));
    sent.end(bytes);
  });
}

function target(place: HttpPlace): { readonly host: string; readonly port: number; readonly path: string } {
  // Node refuses a path with characters that may not stand in a request line; a phone sends them as they are. Ours encodes those alone.
  const path = place.path === '' ? '/' : place.path.replaceAll(/[^\x21-\x7e]/g, (character) => encodeURIComponent(character));
  return { host: place.address, port: place.port, path };
}

function headers(place: HttpPlace, agent: string): Record<string, string> {
  return { 'User-Agent': agent, Host: place.port === 80 ? place.host : `${place.host}:${place.port}`, Accept: '*/*' };
}
