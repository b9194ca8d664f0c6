import { basename } from 'node:path';
import type { HttpAnswer, HttpAsk, HttpNeeds } from '../../servers/http/needs.ts';
import { contentTypeOf } from './content-type.ts';
import type { FileAnswer, FileAsk, Login } from './files.ts';
import type { ServeNeeds } from './tftp-needs.ts';
import { uploadPlace } from './uploads.ts';

/** Answers the HTTP server's questions from the workspace. */
export function httpNeeds(needs: ServeNeeds): HttpNeeds {
  return {
    answer: async (ask) => {
      if (ask.body) {
        const sent = { ...ask.body, contentEncoding: ask.contentEncoding, mayAsk: ask.method === 'POST' };
        const as = await needs.takeBody(toAsk(ask), sent);
        if (as === 'report') return { kind: 'stored', status: ask.method === 'PUT' ? 201 : 200, as: basename(ask.body.file) };
      }
      if (ask.method === 'PUT') return { kind: 'refuse', status: 411, code: 'upload.empty' };
      return toAnswer(await needs.answer(toAsk(ask)), ask.path);
    },
    spool: async (ask) => {
      const refusal = needs.mayUpload(toAsk(ask));
      if (refusal !== null) return { refuse: { status: 404, code: refusal } };
      const place = await uploadPlace(needs.uploads, ask.path, needs.now());
      return place.ok ? place.value : { refuse: { status: 507, code: place.failure.code } };
    },
    observe: needs.observe,
    progress: needs.progress,
    changed: needs.changed,
  };
}

function toAsk(ask: HttpAsk): FileAsk {
  const { server, peer, path, userAgent, certificate, exchange } = ask;
  return { server, peer, path, userAgent, certificate, exchange };
}

/** 403 and 200 with a page would both mislead a phone: refused, unknown and missing are one 404 (guide, table 2). */
function toAnswer(answer: FileAnswer, path: string): HttpAnswer {
  switch (answer.kind) {
    case 'profile':
      return withLogin(answer.login, {
        kind: 'bytes', bytes: answer.bytes, sha256: answer.sha256, ...coding(answer),
      });
    case 'static':
      return {
        kind: 'file', file: answer.file, size: answer.size, sha256: answer.sha256, contentType: contentTypeOf(path),
        ...(answer.stamp === undefined ? {} : { stamp: answer.stamp }),
      };
    case 'authority':
      return { kind: 'bytes', bytes: answer.bytes, sha256: answer.sha256, contentType: 'application/x-x509-ca-cert' };
    case 'elsewhere':
      return { kind: 'redirect', status: 302, location: answer.location };
    case 'missing':
      return { kind: 'refuse', status: 404, code: answer.code, ...(answer.params === undefined ? {} : { detail: answer.params }) };
    case 'unready':
      return { kind: 'refuse', status: 503, code: answer.failure.code, detail: answer.failure.params };
  }
}

/**
 * RFC 8188 needs its header spelled so; without it a phone takes the key of its rule. Compressed and encrypted bytes have
 * no coding header: the phone looks at the first bytes.
 */
function coding({ bytes, contentEncoding }: Extract<FileAnswer, { kind: 'profile' }>): { contentType: string; headers?: Readonly<Record<string, string>> } {
  if (contentEncoding !== null) return { contentType: 'application/octet-stream', headers: { 'Content-Encoding': contentEncoding } };
  return { contentType: bytes[0] === LESS_THAN || bytes[0] === BYTE_ORDER_MARK ? 'text/xml' : 'application/octet-stream' };
}

const LESS_THAN = 0x3c;
const BYTE_ORDER_MARK = 0xef;

/** Phones answer a 401 twice at most (guide): Digest and Basic are offered together, and what is wrong is refused for good. */
function withLogin(login: Login | null, answer: HttpAnswer): HttpAnswer {
  if (!login) return answer;
  return {
    kind: 'challenge',
    realm: 'Dialbench',
    schemes: ['Digest', 'Basic'],
    password: (user) => (user === login.user ? login.password : null),
    proceed: () => Promise.resolve(answer),
  };
}
