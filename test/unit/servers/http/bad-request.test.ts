import { describe, expect, it } from 'vitest';
import { judgeBadRequest, rawResponse, shownStart } from '../../../../main/servers/http/bad-request.ts';
import { endsOf, Table } from '../../../../main/servers/http/unacknowledged.ts';

const judge = (code: string, bytes: string | null = null) => judgeBadRequest({ code, bytes: bytes === null ? null : Buffer.from(bytes, 'latin1') });

describe('judgeBadRequest', () => {
  it('knows TLS on the plain port, and answers it with silence', () => {
    expect(judge('HPE_INVALID_METHOD', '\u0016\u0003\u0001\u0002')).toEqual({ status: null, code: 'http.tls-on-plain' });
  });

  it.each([
    ['HPE_INVALID_METHOD', 'BREW / HTTP/1.1', 501],
    ['HPE_INVALID_METHOD', 'hello', 400],
    ['HPE_INVALID_VERSION', 'GET / HTTP/7.3', 505],
    ['HPE_PAUSED_H2_UPGRADE', 'PRI * HTTP/2.0', 505],
    ['HPE_HEADER_OVERFLOW', null, 431],
    ['HPE_INVALID_CHUNK_SIZE', 'zz', 400],
    ['ERR_HTTP_REQUEST_TIMEOUT', null, 408],
  ])('%s at %j is %i', (code, bytes, status) => {
    expect(judge(code, bytes).status).toBe(status);
  });

  it('makes no evidence of a connection that simply ended', () => {
    for (const code of ['ECONNRESET', 'EPIPE', 'HPE_INVALID_EOF_STATE']) expect(judge(code)).toEqual({ status: null, code: null });
  });

  it('answers with a whole response that closes', () => {
    expect(rawResponse(400)).toBe('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 16\r\n\r\n400 Bad Request\n');
  });

  it('shows the first bytes without their control characters', () => {
    expect(shownStart(Buffer.from('GET\r\n\u001b[31m'))).toBe('GET...[31m');
  });
});

/** /proc/net/tcp of Linux 6.18: 200,000 bytes sent to a client that reads nothing. */
const TABLE = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode                                                     
   2: 0100007F:9C90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 76532 1 00000000818d65d6 100 0 0 10 0                     
  32: 0100007F:9C90 0100007F:B1A4 01 00030540:00000000 04:0000000F 00000000     0        0 76534 2 000000009a0dcd82 20 0 0 12 -1                     
  56: 0100007F:B1A4 0100007F:9C90 01 00000000:00000800 00:00000000 00000000     0        0 76533 2 00000000ebc78747 20 8 0 10 -1                     
`;

describe('what a client has not acknowledged', () => {
  const served = endsOf({ address: '127.0.0.1', port: 40_080 }, { address: '127.0.0.1', port: 45_476 }) ?? expect.fail();
  const itself = endsOf({ address: '::ffff:127.0.0.1', port: 45_476 }, { address: '127.0.0.1', port: 40_080 }) ?? expect.fail();

  it('is found by both ends of its connection, however the table comes in', () => {
    for (let chunk = 200; chunk <= TABLE.length; chunk += 7) {
      const table = new Table([served, itself]);
      const buffer = Buffer.alloc(chunk + 200);
      let kept = 0;
      for (let at = 0; at < TABLE.length; at += chunk) kept = table.take(buffer.subarray(0, kept + buffer.write(TABLE.slice(at, at + chunk), kept, 'latin1')));
      expect([table.of(served), table.of(itself)]).toEqual([197_952, 0]);
    }
  });

  it('is not known of others: another local port, another phone, nobody asked', () => {
    const table = new Table([served]);
    table.take(Buffer.from(TABLE));
    expect(table.of({ ...served, localPort: 443 })).toBeNull();
    expect(table.of(itself)).toBeNull();
    expect(endsOf({ address: '::1', port: 1 }, { address: '::1', port: 2 })).toBeNull();
  });
});
