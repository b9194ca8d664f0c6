import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Failure } from '../../../common/values/failure.ts';
import type { Outcome } from '../../../common/values/observation.ts';
import type { RunningServer, ServerState, ServerStatus } from '../../../common/values/server.ts';
import { bindFailure } from '../bind-failure.ts';
import { Folding } from '../folding.ts';
import { answerRequest, type Desk } from './answer.ts';
import { HTTP_LIMITS, type HttpConfig } from './config.ts';
import type { Connection } from './connection.ts';
import { Counters } from './counters.ts';
import { Exchange, type Recorder } from './exchange.ts';
import { Flood } from './flood.ts';
import { listen, PLAIN, type Listener, type ListenerEvents, type Transport } from './listener.ts';
import type { HttpNeeds } from './needs.ts';
import { Nonces } from './nonces.ts';
import { OpenFiles } from './open-files.ts';
import { shownPath } from './target.ts';
import { Watch } from './watch.ts';

export type { HttpConfig } from './config.ts';

const SECOND = 1_000;

/**
 * Serves phones over HTTP. `now` gives milliseconds since 1970; `transport` is TLS for `https`. What is served is decided
 * by `needs`, how it moves is decided here.
 */
export function createHttpServer(config: HttpConfig, needs: HttpNeeds, now: () => number, transport: Transport = PLAIN): RunningServer {
  const limits = { ...HTTP_LIMITS, ...config.limits };
  const counters = new Counters();
  const folding = new Folding();
  const flood = new Flood();
  const nonces = new Nonces({ key: randomBytes(32), random: (bytes) => randomBytes(bytes) });
  const files = new OpenFiles();
  let state: ServerState = 'stopped';
  let failure: Failure | null = null;
  let listener: Listener | null = null;
  let ticking: NodeJS.Timeout | null = null;
  let run = '';
  let count = 0;

  const recorder: Recorder = {
    server: config.name,
    now,
    observe(observation) {
      const { outcome, peer } = observation;
      if (outcome.kind !== 'refused' || flood.allows(peer.address, observation.at)) needs.observe(observation);
      else counters.unrecorded += 1;
    },
    moved(bytes: number) {
      counters.bytes += bytes;
    },
    ended(exchange: Exchange, outcome: Outcome) {
      watch.forget(exchange);
      if (outcome.kind === 'refused') counters.refused += 1;
      if (outcome.kind === 'broken') counters.broken += 1;
    },
  };
  const watch = new Watch(limits, now, (transfers) => { needs.progress(transfers); });
  const desk: Desk = { needs, nonces, files, now, server: config.name, certificate: (socket) => transport.certificate(socket) };

  function exchangeOf(connection: Connection, asked: string, path: string | undefined, agent: string | null): Exchange {
    count += 1;
    counters.requests += 1;
    const certificate = transport.certificate(connection.socket);
    const facts = {
      ...(path === undefined ? {} : { path: shownPath(path) }),
      ...(agent === null ? {} : { userAgent: agent }),
      ...(certificate === null ? {} : { certificate }),
    };
    return new Exchange(recorder, { id: `${config.name}-${run}-${count}`, peer: connection.peer, asked, facts, detail: transport.detail(connection.socket) });
  }

  const events: ListenerEvents = {
    request(request: IncomingMessage, response: ServerResponse, connection: Connection, expects: boolean) {
      if (connection.ending) {
        request.resume();
        return;
      }
      connection.settleAll(true);
      if (connection.waiting >= limits.pipelined) {
        events.turnedAway(connection.peer.address);
        connection.socket.destroy();
        return;
      }
      const exchange = exchangeOf(connection, request.method ?? '', request.url, shownAgent(request.headers['user-agent']));
      connection.add(exchange);
      watch.add(exchange, connection);
      response.once('close', () => { connection.waiting -= 1; });
      void answerRequest(desk, { request, response, exchange }, connection, expects);
    },
    bad(connection, verdict, reason, start) {
      connection.current?.broken(verdict.code ?? 'http.gone');
      if (verdict.code === null) return;
      counters.bad += 1;
      if (folding.take(`${connection.peer.address} ${verdict.code}`, now()) === null) return;
      const answer = verdict.status === null ? null : String(verdict.status);
      const outcome: Outcome = answer === null ? { kind: 'ignored', code: verdict.code } : { kind: 'refused', answer, code: verdict.code };
      needs.observe({ at: now(), server: config.name, peer: connection.peer, asked: 'request', facts: {}, outcome, detail: { reason, start } });
    },
    turnedAway(address) {
      counters.turnedAway += 1;
      if (folding.take(`${address} turned away`, now()) === null) return;
      const outcome: Outcome = { kind: 'ignored', code: 'http.too-many' };
      needs.observe({ at: now(), server: config.name, peer: { address, port: 0 }, asked: 'connection', facts: {}, outcome });
    },
    handshake({ peer, code, answer, params }) {
      counters.handshakes += 1;
      if (folding.take(`${peer.address} ${code}`, now()) === null) return;
      needs.observe({ at: now(), server: config.name, peer, asked: 'TLS', facts: {}, outcome: { kind: 'refused', answer, code }, detail: params });
    },
    failed(error) {
      failure = { code: 'server.bind-failed', params: { port: listener?.port ?? config.port, cause: error.message } };
      state = 'degraded';
      needs.changed();
    },
  };

  function status(): ServerStatus {
    const figures = counters.figures(watch.transfers(), listener?.connections() ?? 0);
    return { name: config.name, state, address: listener === null ? null : config.address, port: listener?.port ?? null, error: failure, figures };
  }

  return {
    name: config.name,
    status,
    async start() {
      if (listener !== null || state === 'starting') return status();
      state = 'starting';
      failure = null;
      run = `${now().toString(36)}${randomBytes(2).toString('hex')}`;
      try {
        listener = await listen(config, limits, transport, events);
        state = 'listening';
        watch.start();
        ticking = setInterval(() => {
          counters.second();
          void files.check();
          if (counters.changed(watch.transfers(), listener?.connections() ?? 0)) needs.changed();
        }, SECOND);
      } catch (error) {
        failure = bindFailure(error, { address: config.address, port: config.port, transport: 'tcp' });
        state = 'failed';
      }
      needs.changed();
      return status();
    },
    async stop() {
      if (ticking !== null) clearInterval(ticking);
      ticking = null;
      watch.stop();
      await listener?.close();
      listener = null;
      failure = null;
      state = 'stopped';
      needs.changed();
    },
  };
}

/** At most 256 characters, control characters gone: it is shown to people. */
function shownAgent(header: string | undefined): string | null {
  return header === undefined ? null : header.slice(0, 256).replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '?');
}
