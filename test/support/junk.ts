/** Bytes without meaning, the same for the same seed (mulberry32). */
export function junkOf(seed: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = seed >>> 0;
  for (let index = 0; index < length; index += 1) {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    bytes[index] = (mixed ^ (mixed >>> 14)) & 0xff;
  }
  return bytes;
}

const WHOLE: readonly Buffer[] = [
  '\0\u0001a.cfg\0octet\0blksize\x001428\0', '\0\u0002a.cfg\0octet\0', '\0\u0003\0\u0001data', '\0\u0004\0\u0001', '\0\u0005\0\u0001no\0', '\0\u0006blksize\x008\0',
  'GET /a.cfg HTTP/1.1\r\nHost: x\r\n\r\n', 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n', 'PUT /x HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello',
  'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /y HTTP/1.1\r\n\r\n',
  'GET /rpc HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
  `GET / HTTP/1.1\r\nHost: x\r\n${'X-Long: y\r\n'.repeat(3000)}\r\n`, 'CONNECT x:1 HTTP/1.1\r\n\r\n', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', '\u0016\u0003\u0001\u0002\0\u0001',
  '<165>1 2003-10-11T22:14:15.003Z host app - ID47 [a b="c"] text', '999999999999 <34>text', `<1>${'a'.repeat(8000)}@=`, '<134>CP-8841-3PCC 00:56:2b:04:36:15 -- ',
].map((text) => Buffer.from(text, 'latin1'));

/** Real requests of every protocol, each whole, cut at every eighth of it, and with single bytes turned over. */
export const MUTATED: readonly Buffer[] = WHOLE.flatMap((bytes, seed) => [
  bytes,
  ...Array.from({ length: 7 }, (_, part) => bytes.subarray(0, Math.floor((bytes.length * (part + 1)) / 8))),
  ...Array.from({ length: 12 }, (_, turn) => {
    const copy = Buffer.from(bytes);
    const [at = 0, by = 0] = [...junkOf(seed * 100 + turn, 2)];
    copy[at % copy.length] = (copy[at % copy.length] ?? 0) ^ by;
    return copy;
  }),
]);
