import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

export const APP_SCHEME = 'app';
export const APP_ORIGIN = 'app://dialbench';
export const APP_URL = `${APP_ORIGIN}/index.html`;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
};

/**
 * Nothing from elsewhere, nothing inline but style attributes: Mantine sets sizes by them. The page talks to the bench by a
 * MessagePort, so it connects to nobody.
 */
export const APP_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; " +
    "font-src 'self'; connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; frame-src 'none'; object-src 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

export interface PageFile {
  readonly file: string;
  readonly type: string;
}

/** The file of the built UI that a URL means; null for another host, an unknown type or anything outside the folder. */
export function pageFile(folder: string, address: string): PageFile | null {
  if (!isOwnAddress(address)) return null;
  let path: string;
  try {
    path = decodeURIComponent(new URL(address).pathname);
  } catch {
    return null;
  }
  if (/[\0\\:]/.test(path)) return null;
  const file = normalize(join(folder, path === '/' ? '/index.html' : path));
  const type = TYPES[extname(file)];
  return type !== undefined && file.startsWith(normalize(folder) + sep) ? { file, type } : null;
}

/** An address of our own page and nothing that only begins like it. */
export function isOwnAddress(address: string): boolean {
  try {
    const url = new URL(address);
    return url.protocol === `${APP_SCHEME}:` && url.host === 'dialbench' && url.username === '' && url.password === '';
  } catch {
    return false;
  }
}

/** Answers `app://dialbench/…` from the folder of the built UI. */
export function answerPages(folder: string): (request: Pick<Request, 'url' | 'method'>) => Promise<Response> {
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405);
    const page = pageFile(folder, request.url);
    const bytes = page === null ? null : await readFile(page.file).catch(() => null);
    if (page === null || bytes === null) return plain(404);
    return new Response(request.method === 'HEAD' ? null : new Uint8Array(bytes), { headers: { ...APP_HEADERS, 'Content-Type': page.type } });
  };
}

function plain(status: number): Response {
  return new Response(`${status}\n`, { status, headers: { ...APP_HEADERS, 'Content-Type': 'text/plain' } });
}
