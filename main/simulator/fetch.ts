import { createHash } from 'node:crypto';
import { notFetched } from './fetched.ts';
import type { Fetched, FetchedFile, NotFetched, Streamed, StreamedFile } from './fetched.ts';
import { agentOf, tlsSide } from './handset.ts';
import type { Handset } from './handset.ts';
import type { Login } from './http-auth.ts';
import { httpGet, httpStream } from './http-get.ts';
import type { HttpManner } from './http-get.ts';
import type { RequestPlace } from './macro-values.ts';
import { reach } from './reach.ts';
import { resolveHost } from './resolve-host.ts';
import { MAX_REDIRECTS } from './reaction.ts';
import { tftpGetBadly } from './tftp-faulty.ts';
import { tftpGet } from './tftp-get.ts';
import { tftpStream } from './tftp-stream.ts';
import type { ImageManner } from './strike.ts';
import { readUrl, urlText } from '../domain/rule/urls.ts';
import type { ProfileUrl, Scheme } from '../domain/rule/urls.ts';

/** Rest of the `slow` fault: a 20 KB profile takes some 4 s by TFTP. */
const SLOW_MS = 100;
/** Blocks of 512 bytes before the `reboot-mid-transfer` fault strikes, where the file has that many. */
const BLOCKS_BEFORE_REBOOT = 3;
const KNOWN_PORTS: Readonly<Record<Scheme, number>> = { tftp: 69, http: 80, https: 443 };

/** Where a URL leads, for the macros and the log; null when the virtual phone cannot go there. */
export function placeOf(handset: Handset, url: ProfileUrl): RequestPlace | { readonly error: string } {
  const reached = reach(url.host, url.port, url.scheme, handset.options.server, handset.names);
  if (!reached.ok) return { error: reached.error };
  // A TFTP name and an HTTP path begin with a slash, also where the URL ended after the host.
  return { scheme: url.scheme, host: url.host, address: reached.address, port: reached.port, path: url.path === '' ? '/' : url.path };
}

/** The URL as it is asked, with the port where the bench sits on another one than the scheme's own. */
export function shownUrl(handset: Handset, url: ProfileUrl): string {
  const place = placeOf(handset, url);
  return 'error' in place || place.port === KNOWN_PORTS[url.scheme] ? urlText(url) : urlText({ ...url, port: place.port });
}

/** What the options of a rule add to a request. */
export interface RequestManner {
  readonly post: string | null;
  readonly login: Login | null;
}

const PLAIN: RequestManner = { post: null, login: null };

/** Gets a file by any URL, following redirects; every request and its end is noted. */
export function fetchFile(handset: Handset, url: ProfileUrl, manner: RequestManner = PLAIN): Promise<FetchedFile | NotFetched> {
  return follow(handset, url, (at) => fetchOnce(handset, at, manner), ({ bytes }) => ({
    bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'),
  }));
}

/** The same for an image: it is hashed as it comes, and nothing of it is kept. */
export function streamImage(handset: Handset, url: ProfileUrl, manner: RequestManner, image: ImageManner): Promise<StreamedFile | NotFetched> {
  return follow(handset, url, (at) => streamOnce(handset, at, manner, image), ({ length, sha256 }) => ({ bytes: length, sha256 }));
}

async function follow<F extends FetchedFile | StreamedFile>(
  handset: Handset, url: ProfileUrl, once: (url: ProfileUrl) => Promise<F | Exclude<Fetched, FetchedFile>>,
  measure: (file: F) => { readonly bytes: number; readonly sha256: string },
): Promise<F | NotFetched> {
  let current = url;
  for (let redirects = 0; ; redirects += 1) {
    const text = shownUrl(handset, current);
    handset.note({ kind: 'asked', url: text });
    const started = performance.now();
    const fetched = await once(current);
    if (fetched.kind === 'file') {
      handset.note({ kind: 'got', url: text, ...measure(fetched), tookMs: Math.round(performance.now() - started) });
      return fetched;
    }
    if (fetched.kind === 'power-lost') return fetched;
    const next = fetched.kind === 'redirect' ? redirected(current, fetched.location, redirects) : fetched;
    if ('kind' in next) {
      if (next.kind === 'failed') handset.note({ kind: 'not-got', url: text, reaction: next.reaction, error: next.error });
      return next;
    }
    handset.note({ kind: 'redirected', from: text, to: shownUrl(handset, next) });
    current = next;
  }
}

function redirected(from: ProfileUrl, location: string, count: number): ProfileUrl | NotFetched {
  if (count >= MAX_REDIRECTS) return notFetched('Too many redirects');
  const base = urlText(from.path === '' ? { ...from, path: '/' } : from);
  const absolute = URL.parse(location, base);
  return (absolute && readUrl(`${absolute.protocol}//${absolute.host}${absolute.pathname}${absolute.search}`)) ?? notFetched('Redirect cannot be read');
}

async function streamOnce(handset: Handset, url: ProfileUrl, manner: RequestManner, image: ImageManner): Promise<Streamed> {
  await resolveHost(handset, url.host);
  const place = placeOf(handset, url);
  if ('error' in place) return notFetched(place.error);
  if (url.scheme === 'tftp') return tftpStream(place, handset.options.tftpWindow ?? 1, image, handset.power);
  return httpStream(place, { ...httpManner(handset, url, manner), restMs: 0, dieInBody: false }, image, handset.power);
}

function httpManner(handset: Handset, url: ProfileUrl, manner: RequestManner): Omit<HttpManner, 'restMs' | 'dieInBody'> {
  return { userAgent: agentOf(handset), tls: url.scheme === 'https' ? tlsSide(handset) : null, ...manner };
}

async function fetchOnce(handset: Handset, url: ProfileUrl, manner: RequestManner): Promise<Fetched> {
  await resolveHost(handset, url.host);
  const place = placeOf(handset, url);
  if ('error' in place) return notFetched(place.error);
  const dies = handset.faults.has('reboot-mid-transfer');
  const slow = handset.faults.has('slow');
  if (url.scheme !== 'tftp') {
    return httpGet(place, { ...httpManner(handset, url, manner), restMs: slow ? SLOW_MS : 0, dieInBody: dies }, handset.power);
  }
  const vanish = handset.faults.has('vanish-before-last-ack');
  if (!vanish && !dies && !slow) return tftpGet(place, handset.power);
  return tftpGetBadly(place, { vanish, dieAfter: dies ? BLOCKS_BEFORE_REBOOT : null, delayMs: slow ? SLOW_MS : 0 }, handset.power);
}
