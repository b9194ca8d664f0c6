import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Who may talk to the browser UI: the holder of the token, from the page that this host served. */
export interface Gate {
  /** Goes into the fragment of the address that is printed at start: it never reaches a server log or a Referer. */
  readonly token: string;
  /** The session cookie for a right token, null for a wrong one. */
  exchange(token: unknown): string | null;
  /** A request with the session cookie of this run. */
  hasSession(request: IncomingMessage): boolean;
}

/** A cookie name for each port: cookies are shared between the ports of one host, and two benches may run side by side. */
export function createGate(port: () => number): Gate {
  const token = randomBytes(24).toString('base64url');
  const session = randomBytes(24).toString('base64url');
  const name = (): string => `dialbench-${port()}`;
  return {
    token,
    exchange: (given) =>
      typeof given === 'string' && same(given, token) ? `${name()}=${session}; HttpOnly; SameSite=Strict; Path=/` : null,
    hasSession: (request) => same(readCookie(request.headers.cookie ?? '', name()), session),
  };
}

/**
 * Host and Origin checks against DNS rebinding and foreign pages: a page of another origin that knows our port, or a
 * foreign name that resolves to us, is refused before anything is read.
 */
export function isOwnRequest(request: IncomingMessage, hosts: ReadonlySet<string>): boolean {
  const host = request.headers.host ?? '';
  if (!hosts.has(host.toLowerCase())) return false;
  const origin = request.headers.origin;
  if (origin === undefined) return request.method === 'GET' || request.method === 'HEAD';
  try {
    return hosts.has(new URL(origin).host.toLowerCase());
  } catch {
    return false;
  }
}

function readCookie(header: string, name: string): string {
  for (const part of header.split(';')) {
    const [key, value] = part.trim().split('=', 2);
    if (key === name) return value ?? '';
  }
  return '';
}

function same(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
