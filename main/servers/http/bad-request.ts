import { STATUS_CODES } from 'node:http';

/** What Node's parser or its timers say about bytes that are no request. */
export interface ParserComplaint {
  readonly code: string;
  /** The bytes at which it stopped, where it tells. */
  readonly bytes: Uint8Array | null;
}

export interface BadRequest {
  /** null: nothing is answered, only the connection ends. */
  readonly status: number | null;
  /** null: not worth a row of evidence. */
  readonly code: string | null;
}

const SILENT: BadRequest = { status: null, code: null };

/** TLS record type 22 (handshake), version 3.x: a ClientHello on the port for plain HTTP. */
const isTlsHello = (bytes: Uint8Array): boolean => bytes[0] === 0x16 && bytes[1] === 3;

export function judgeBadRequest({ code, bytes }: ParserComplaint): BadRequest {
  if (code === 'ECONNRESET' || code === 'EPIPE' || code === 'ETIMEDOUT' || code === 'HPE_INVALID_EOF_STATE') return SILENT;
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return { status: 408, code: 'http.timeout' };
  if (code === 'HPE_HEADER_OVERFLOW' || code === 'HPE_CHUNK_EXTENSIONS_OVERFLOW') {
    return { status: code === 'HPE_HEADER_OVERFLOW' ? 431 : 413, code: 'http.header-too-large' };
  }
  if (bytes !== null && isTlsHello(bytes)) return { status: null, code: 'http.tls-on-plain' };
  const start = bytes === null ? '' : Buffer.from(bytes.subarray(0, 64)).toString('latin1');
  if (code === 'HPE_INVALID_METHOD' && /^[A-Z]{1,32} \S+/.test(start)) return { status: 501, code: 'http.method' };
  if (code === 'HPE_INVALID_VERSION' || start.startsWith('PRI * HTTP/2')) return { status: 505, code: 'http.bad-request' };
  return { status: 400, code: 'http.bad-request' };
}

/** A whole response for a connection whose parser has given up. */
export function rawResponse(status: number): string {
  const text = `${status} ${STATUS_CODES[status] ?? ''}\n`;
  return [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'Connection: close',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${text.length}`,
    '',
    text,
  ].join('\r\n');
}

/** The first bytes for people: printable ASCII, everything else a dot. */
export function shownStart(bytes: Uint8Array | null): string {
  return bytes === null ? '' : Buffer.from(bytes.subarray(0, 48)).toString('latin1').replaceAll(/[^\x20-\x7e]/g, '.');
}
