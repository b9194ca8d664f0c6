import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createGate, isOwnRequest } from '../../../main/headless/gate.ts';

function asked(headers: Record<string, string>, method = 'GET'): IncomingMessage {
  return { headers, method } as unknown as IncomingMessage;
}

describe('the gate of the browser interface', () => {
  const gate = createGate(() => 4711);

  it('gives a session only for the token of this run', () => {
    expect(gate.exchange('guess')).toBeNull();
    expect(gate.exchange(undefined)).toBeNull();
    expect(gate.exchange(gate.token)).toMatch(/^dialbench-4711=[\w-]+; HttpOnly; SameSite=Strict; Path=\/$/);
  });

  it('knows its session among other cookies, and no other', () => {
    const cookie = (gate.exchange(gate.token) ?? '').split(';')[0] ?? '';
    expect(gate.hasSession(asked({ cookie: `a=b; ${cookie}; c=d` }))).toBe(true);
    expect(gate.hasSession(asked({ cookie: 'dialbench-4711=guess' }))).toBe(false);
    expect(gate.hasSession(asked({}))).toBe(false);
    expect(createGate(() => 4711).hasSession(asked({ cookie }))).toBe(false);
  });
});

describe('a request to the browser interface', () => {
  const hosts = new Set(['127.0.0.1:4711', 'localhost:4711']);

  it('is taken from the page that this host served', () => {
    expect(isOwnRequest(asked({ host: '127.0.0.1:4711' }), hosts)).toBe(true);
    expect(isOwnRequest(asked({ host: 'LOCALHOST:4711', origin: 'http://localhost:4711' }, 'POST'), hosts)).toBe(true);
  });

  it.each([
    ['a name that was rebound to this address', { host: 'evil.example:4711' }, 'GET'],
    ['another port', { host: '127.0.0.1:80' }, 'GET'],
    ['a foreign page', { host: '127.0.0.1:4711', origin: 'https://evil.example' }, 'POST'],
    ['a page without an origin', { host: '127.0.0.1:4711', origin: 'null' }, 'POST'],
    ['a form without an Origin header', { host: '127.0.0.1:4711' }, 'POST'],
    ['no Host at all', {}, 'GET'],
  ])('is refused from %s', (_, headers, method) => {
    expect(isOwnRequest(asked(headers as Record<string, string>, method), hosts)).toBe(false);
  });
});
