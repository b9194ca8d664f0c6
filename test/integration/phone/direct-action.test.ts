import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Ipv4 } from '../../../common/values/ip.ts';
import { requestResync } from '../../../main/phone/direct-action.ts';

const HERE = '127.0.0.1' as Ipv4;
const stops: (() => void)[] = [];

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

async function phone(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<number> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, HERE, resolve));
  stops.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

describe('asking a phone to resync', () => {
  it('is one GET of its direct action address without Referer, and gives the status', async () => {
    const seen: string[] = [];
    const port = await phone((request, response) => {
      seen.push(`${request.method} ${request.url} ${request.headers.referer ?? 'no referer'}`);
      response.end('ok');
    });
    expect(await requestResync({ address: HERE, port }, { timeoutMs: 60_000 })).toEqual({ ok: true, value: { status: 200 } });
    expect(seen).toEqual(['GET /admin/resync no referer']);
  });

  it('passes a rule for this once, with blanks encoded', async () => {
    let url = '';
    const port = await phone((request, response) => {
      url = request.url ?? '';
      response.end();
    });
    await requestResync({ address: HERE, port, rule: '[--uid u] http://127.0.0.1/$MA.xml?a=1' }, { timeoutMs: 60_000 });
    expect(decodeURIComponent(url)).toBe('/admin/resync?[--uid u] http://127.0.0.1/$MA.xml?a=1');
  });

  it.each([401, 403, 404, 500])('is refused by status %i', async (status) => {
    const port = await phone((_request, response) => void response.writeHead(status).end());
    expect(await requestResync({ address: HERE, port }, { timeoutMs: 60_000 })).toMatchObject({
      ok: false, failure: { code: 'phone.resync-refused', params: { status } },
    });
  });

  it('is unreachable without a listener, without an answer in time, and when cancelled', async () => {
    const silent = await phone(() => undefined);
    const closed = await phone(() => undefined);
    stops.pop()?.();
    const unreachable = { ok: false, failure: { code: 'phone.resync-unreachable', params: { address: HERE } } };
    expect(await requestResync({ address: HERE, port: closed }, { timeoutMs: 60_000 })).toMatchObject(unreachable);
    expect(await requestResync({ address: HERE, port: silent }, { timeoutMs: 50 })).toMatchObject(unreachable);
    const cancel = new AbortController();
    const pending = requestResync({ address: HERE, port: silent }, { timeoutMs: 60_000, signal: cancel.signal });
    cancel.abort();
    expect(await pending).toMatchObject(unreachable);
  });
});
