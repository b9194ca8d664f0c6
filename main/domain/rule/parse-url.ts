import type { UrlPart } from './parsed.ts';
import { shown } from './reading.ts';
import type { Reading } from './reading.ts';

const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]*):\/\//;
const HOST = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,253}[A-Za-z0-9])?$/;
const NO_PATH_YET = { scheme: 'tftp', schemeWritten: false, host: '', port: null, path: '' } as const;

/** Reads `[scheme://][server[:port]]/path` or `gds://[code]` that stands between two offsets. Default scheme is TFTP. */
export function readUrl(reading: Reading, from: number, to: number): UrlPart {
  const text = reading.text.slice(from, to);
  const part = { span: reading.span(from, to), text };
  const broken = (code: string, begin: number, end: number, params: Readonly<Record<string, string | number>> = {}): UrlPart => {
    reading.wrong(code, from + begin, from + Math.max(end, begin + 1), params);
    return { ...part, ...NO_PATH_YET, kind: 'broken' };
  };
  if (text.startsWith('/')) return { ...part, ...NO_PATH_YET, kind: 'path', path: text };
  // Before macros are filled, one of them may be the server, its port or the whole URL.
  if (!reading.source.filled && text.startsWith('$')) return { ...part, ...NO_PATH_YET, kind: 'open' };
  const written = SCHEME.exec(text);
  const begin = written?.[0].length ?? 0;
  const scheme = (written?.[1] ?? 'tftp').toLowerCase();
  if (scheme === 'gds') return readActivation(reading, part, from, begin);
  if (scheme !== 'tftp' && scheme !== 'http' && scheme !== 'https') return broken('rule.url.scheme', 0, begin, { found: scheme });
  const slash = text.indexOf('/', begin);
  const server = text.slice(begin, slash < 0 ? text.length : slash);
  const end = begin + server.length;
  if (!reading.source.filled && server.includes('$')) return { ...part, ...NO_PATH_YET, kind: 'open', scheme, schemeWritten: written !== null };
  if (server.includes('@')) return broken('rule.url.login', begin, end);
  if (server.includes('$')) return broken('rule.url.macro', begin, end, { found: shown(server) });
  const colon = server.indexOf(':');
  const host = colon < 0 ? server : server.slice(0, colon);
  const port = colon < 0 ? null : Number(/^\d{1,5}$/.exec(server.slice(colon + 1))?.[0] ?? Number.NaN);
  if (host === '') return broken('rule.url.no-server', 0, Math.max(end, 1));
  if (!HOST.test(host)) return broken('rule.url.host', begin, begin + host.length, { found: shown(host) });
  if (port !== null && !(port >= 1 && port <= 65_535)) return broken('rule.url.port', begin + colon + 1, end, { found: shown(server.slice(colon + 1)) });
  if (slash < 0) return broken('rule.url.no-path', 0, end, { found: shown(text) });
  return { ...part, kind: 'url', scheme, schemeWritten: written !== null, host, port, path: text.slice(slash) };
}

/** Cisco's short codes have 3 to 16 digits. That a rule may carry the code behind `gds://` no public text confirms. */
function readActivation(reading: Reading, part: Pick<UrlPart, 'span' | 'text'>, from: number, begin: number): UrlPart {
  const code = part.text.slice(begin);
  const end = from + part.text.length;
  if (reading.kind !== 'profile') reading.wrong('rule.gds.not-here', from, end);
  else if (code !== '' && (reading.source.filled || !code.includes('$'))) {
    if (/^\d{3,16}$/.test(code)) reading.warn('rule.gds.unconfirmed', from + begin, end);
    else reading.wrong('rule.gds.code', from + begin, end);
  }
  return { ...part, ...NO_PATH_YET, kind: 'activation', host: code };
}
