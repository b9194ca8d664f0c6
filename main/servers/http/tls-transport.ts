import { constants } from 'node:crypto';
import { createServer, type ServerOptions } from 'node:http';
import { Socket } from 'node:net';
import { createSecureContext, createServer as createTlsServer, type Server as TlsServer, type TlsOptions, type TLSSocket } from 'node:tls';
import type { CertificateFacts, ClientCertificates, TlsFloor } from '../../../common/values/certificate.ts';
import type { Peer } from '../../../common/values/observation.ts';
import { rawResponse } from './bad-request.ts';
import { readBeginning, type ClientHello } from './client-hello.ts';
import type { Detail } from './exchange.ts';
import { judgeHandshake, wrongName } from './handshake.ts';
import type { FailedHandshake, Transport } from './listener.ts';

/** What HTTPS stands on; replaced as a whole while the server runs. All certificates and keys are PEM. */
export interface TlsSettings {
  /** The server's certificate, then those above it. */
  readonly chain: string;
  readonly privateKey: string;
  /** Of the server's certificate, for the words about a handshake that fails. */
  readonly facts: Pick<CertificateFacts, 'names' | 'from' | 'to'>;
  /** `asked`: a phone without one is served too, and one that cannot be verified identifies nobody. */
  readonly clientCertificates: ClientCertificates;
  /** Authorities whose client certificates count as who a phone is; never the public ones. */
  readonly clientAuthorities: readonly string[];
  readonly floor: TlsFloor;
}

export interface TlsTransport extends Transport {
  /** From the next handshake on. Connections that stand go on with what they agreed on. */
  replace(settings: TlsSettings): void;
}

/** A connection whose handshake goes on. */
interface Shaking {
  readonly peer: Peer;
  readonly local: string;
  hello: ClientHello | null;
  over: boolean;
  /** Ends whatever is not agreed in time: the wait for the first bytes and the handshake itself share one limit. */
  timer: NodeJS.Timeout | null;
}

interface Shown {
  readonly verified: string | null;
  readonly detail: Detail;
}

/** From the connection to the end of the handshake: a phone's slow processor takes some two seconds. */
const HANDSHAKE_MS = 10_000;
const SUBJECT_LENGTH = 256;

/**
 * TLS for the HTTP server. The first bytes of each connection are read before the TLS library gets them, so that a
 * handshake that fails can be told in words: which name was asked for, which versions were offered, or plain HTTP.
 * @param now milliseconds since 1970
 * @param handshakeMs most time for a handshake
 */
export function tlsTransport(first: TlsSettings, now: () => number, handshakeMs = HANDSHAKE_MS): TlsTransport {
  const shown = new WeakMap<Socket, Shown>();
  const shaking = new WeakMap<Socket, Shaking>();
  /** Connections on which a request came, or what was meant for one. */
  const asked = new WeakSet<Socket>();
  let settings = first;
  let tell: (failed: FailedHandshake) => void = () => undefined;
  let serve: (socket: TLSSocket) => void = () => undefined;
  let tls = build();

  return {
    connected: 'secureConnection',
    certificate: (socket) => shown.get(socket)?.verified ?? null,
    detail: (socket) => shown.get(socket)?.detail ?? {},
    replace: (next) => {
      settings = next;
      tls = build();
    },
    create: (options: ServerOptions, failed) => {
      tell = failed;
      const server = createServer(options);
      // HTTP begins where the handshake ends: its own listener is called then, not for the bare connection.
      const http = server.listeners('connection');
      server.removeAllListeners('connection');
      server.on('connection', begin);
      server.on('request', ({ socket }) => { asked.add(socket); });
      server.on('clientError', (_error, socket) => { asked.add(socket as Socket); });
      serve = (socket) => {
        server.emit('secureConnection', socket);
        for (const each of http) Reflect.apply(each, server, [socket]);
      };
      return server;
    },
  };

  /** A TLS server of its own for each setting, which binds nothing: connections are handed to the newest. */
  function build(): TlsServer {
    const server = createTlsServer(tlsOptions(settings));
    server.on('secureConnection', (socket) => {
      const raw = rawOf(socket);
      const state = raw ? shaking.get(raw) : undefined;
      if (state) {
        state.over = true;
        stopTimer(state);
      }
      shown.set(socket, readClient(socket));
      // As over plain HTTP: a client that shuts its sending side after the request still gets its answer.
      socket.allowHalfOpen = true;
      if (state) watchSilence(socket, state);
      serve(socket);
    });
    server.on('tlsClientError', (error: Error & { code?: string }, socket: TLSSocket) => {
      const raw = rawOf(socket);
      const state = raw ? shaking.get(raw) : undefined;
      const clientError: unknown = socket.authorizationError;
      if (state) end(state, error, clientError ? codeOf(clientError) : null);
      socket.destroy();
    });
    return server;
  }

  /** One bare connection: hears what it begins with, then lets the TLS library go on. */
  function begin(raw: Socket): void {
    const state: Shaking = { peer: peerOf(raw), local: (raw.localAddress ?? '').replace(/^::ffff:/, ''), hello: null, over: false, timer: null };
    shaking.set(raw, state);
    // Until the handshake is over, whoever leaves is gone: its place is free at once.
    raw.allowHalfOpen = false;
    let heard = Buffer.alloc(0);
    state.timer = setTimeout(() => {
      // Silence from the first moment is a connection made in advance, or a probe: nothing was asked, nothing is told.
      if (heard.length > 0) end(state, { code: 'ERR_TLS_HANDSHAKE_TIMEOUT', message: '' }, null);
      state.over = true;
      raw.destroy();
    }, handshakeMs);
    const listen = (piece: Buffer): void => {
      heard = Buffer.concat([heard, piece]);
      const beginning = readBeginning(heard);
      if (beginning.kind === 'incomplete') return;
      raw.off('data', listen);
      raw.pause();
      if (beginning.kind === 'http' || beginning.kind === 'other') {
        refuse(raw, state, beginning.kind);
        return;
      }
      state.hello = beginning.hello;
      raw.unshift(heard);
      tls.emit('connection', raw);
    };
    raw.on('data', listen);
    raw.on('error', () => { raw.destroy(); });
    raw.once('close', () => {
      stopTimer(state);
      // The TLS library tells what it knows in the same turn, after this.
      setImmediate(() => {
        if (heard.length > 0) end(state, { code: 'ECONNRESET', message: '' }, null);
      });
    });
  }

  /**
   * Some clients look at the certificate only after the handshake, and then leave without a word. A server that stops
   * closes silent connections too: only an end that the other side made counts.
   */
  function watchSilence(socket: TLSSocket, { peer, hello, local }: Shaking): void {
    let left = false;
    socket.once('end', () => { left = true; });
    socket.once('error', () => { left = true; });
    socket.once('close', () => {
      if (!left || asked.has(socket)) return;
      const name = wrongName({ hello, local, names: settings.facts.names });
      tell({ peer, answer: 'closed', ...(name === null ? { code: 'tls.left', params: {} } : { code: 'tls.wrong-name', params: { name } }) });
    });
  }

  function refuse(raw: Socket, state: Shaking, kind: 'http' | 'other'): void {
    state.over = true;
    stopTimer(state);
    const code = kind === 'http' ? 'tls.plain-http' : 'tls.garbage';
    tell({ peer: state.peer, code, answer: kind === 'http' ? '400' : 'closed', params: {} });
    if (kind === 'http') raw.end(rawResponse(400), () => { raw.destroy(); });
    else raw.destroy();
  }

  /** Says once why a handshake came to nothing. */
  function end(state: Shaking, { code, message }: { readonly code?: string; readonly message: string }, clientError: string | null): void {
    if (state.over) return;
    state.over = true;
    const { peer, hello, local } = state;
    const { floor, facts: { names, from, to } } = settings;
    const error = { error: code ?? '', alert: Number(/SSL alert number (\d+)/.exec(message)?.[1] ?? Number.NaN) };
    tell({ peer, ...judgeHandshake({ ...error, hello, local, names, from, to, floor, clientError, now: now() }) });
  }
}

/** Whether this runtime takes the settings: null, or in its words why not (a key of another certificate, an unknown floor). */
export function checkTls(settings: TlsSettings): string | null {
  try {
    createSecureContext(tlsOptions(settings));
    return null;
  } catch (error) {
    return (error instanceof Error ? error.message : String(error)).replace(/^[0-9A-F]+:error:/, '').slice(0, 120);
  }
}

function tlsOptions({ chain, privateKey, clientCertificates, clientAuthorities, floor }: TlsSettings): TlsOptions {
  const old = floor === 'TLSv1' || floor === 'TLSv1.1';
  return {
    cert: chain,
    key: privateKey,
    minVersion: floor,
    // TLS 1.0 and 1.1 sign with MD5 and SHA-1, which OpenSSL 3 allows at level 0 alone. BoringSSL has no levels.
    ...(old && process.versions['boringssl'] === undefined && !('electron' in process.versions) ? { ciphers: 'DEFAULT@SECLEVEL=0' } : {}),
    honorCipherOrder: true,
    // What a phone needs is agreed at once; a second agreement on one connection only costs the bench.
    secureOptions: constants.SSL_OP_NO_RENEGOTIATION,
    requestCert: clientCertificates !== 'off',
    rejectUnauthorized: clientCertificates === 'required',
    // Never empty: without a list of ours the runtime would trust every public authority.
    ca: [...clientAuthorities],
    // A client that offers a protocol and finds none of its own here is refused (RFC 7301 §3.2): `curl -0` offers 1.0 alone.
    ALPNProtocols: ['http/1.1', 'http/1.0'],
  };
}

function stopTimer(state: Shaking): void {
  if (state.timer !== null) clearTimeout(state.timer);
  state.timer = null;
}

/** Only a verified certificate is who a phone is; any other is shown as what it claims. */
function readClient(socket: TLSSocket): Shown {
  const certificate = socket.getPeerX509Certificate();
  const subject = certificate ? certificate.subject.split('\n').join(', ').replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '?').slice(0, SUBJECT_LENGTH) : null;
  const verified = socket.authorized ? subject : null;
  const claimed = subject !== null && verified === null ? { notVerified: subject, reason: codeOf(socket.authorizationError) } : {};
  return { verified, detail: { tls: `${socket.getProtocol() ?? ''} ${socket.getCipher().name}`.trim(), ...claimed } };
}

/** The bare connection below a TLS socket: the one field of the runtime that tells a failed handshake's peer after its end. */
function rawOf(socket: TLSSocket): Socket | null {
  return '_parent' in socket && socket._parent instanceof Socket ? socket._parent : null;
}

function peerOf(raw: Socket): Peer {
  return { address: (raw.remoteAddress ?? '').replace(/^::ffff:/, ''), port: raw.remotePort ?? 0 };
}

/** `UNABLE_TO_VERIFY_LEAF_SIGNATURE`: text in this runtime, an error in its types. */
function codeOf(error: unknown): string {
  return (error instanceof Error ? ('code' in error ? String(error.code) : error.message) : String(error)).slice(0, 80);
}
