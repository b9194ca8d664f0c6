import { EventPublisher } from '@orpc/server';
import { implement } from '@orpc/server';
import { RPCHandler } from '@orpc/server/ws';
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { WebSocketServer } from 'ws';
import { contract } from '../../../common/contract/contract.ts';
import type { ActivityEvent, RequestRow, SyslogRow } from '../../../common/contract/views/activity.ts';
import type { BenchEvent } from '../../../common/contract/views/bench.ts';
import type { PhonePatch, PhoneView } from '../../../common/contract/views/phone.ts';
import type { Settings } from '../../../common/contract/views/workspace.ts';
import { benchView, countsOf, phoneAt, strangerAt, worklistOf } from './fleet.ts';
import type { Trouble } from './servers.ts';
import type { Mac } from '../../../common/values/mac.ts';
import { madeUpFirmware, type FirmwareKind } from './made-up-firmware.ts';
import { madeUpProfiles } from './made-up-profiles.ts';
import { madeUpRules } from './made-up-rules.ts';
import { madeUpSecrets } from './made-up-secrets.ts';
import { phonePage, profileOf, timelineOf } from './phone-page.ts';

/**
 * A host made of nothing but a made-up fleet, for looking at screens and for load on the renderer. It speaks the real
 * contract over a real WebSocket; it binds to loopback, knows no phone and stores nothing.
 */
const { values: flags } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    phones: { type: 'string', default: '48' },
    strangers: { type: 'string', default: '0' },
    /** Changes a second, folded into ten deltas a second as the host does. */
    rate: { type: 'string', default: '0' },
    /** none, conflict, deaf, listening, ports or names-old. */
    trouble: { type: 'string', default: 'none' },
    /** none, drawn or large: the templates that are there at the start. */
    profiles: { type: 'string', default: 'none' },
    /** none, drawn, long or large: the catalogue and the waves that are there at the start. */
    firmware: { type: 'string', default: 'none' },
    'no-card': { type: 'boolean', default: false },
  },
});
const root = fileURLToPath(new URL('../../../out/renderer/', import.meta.url));
const started = Date.now();
const fleet = new Map<string, PhoneView>();
for (let number = 1; number <= Number(flags.phones); number += 1) {
  const phone = phoneAt(number, started);
  fleet.set(phone.mac, flags.firmware === 'long' ? { ...phone, name: `${phone.name ?? ''} du service de chirurgie ambulatoire, bâtiment B` } : phone);
}
for (let index = 0; index < Number(flags.strangers); index += 1) {
  const phone = strangerAt(index, started);
  fleet.set(phone.mac, phone);
}
let settings: Settings = { language: 'system', theme: 'system', doneStage: 'resynced', adopt: 'enrolled', sound: true, firmwareStore: '' };
const events = new EventPublisher<{ bench: BenchEvent; activity: ActivityEvent }>();
const all = () => [...fleet.values()];
let view = benchView(all(), started, { card: !flags['no-card'], trouble: flags.trouble as Trouble });

const os = implement(contract);
const made = madeUpFirmware(os, flags.firmware as FirmwareKind, all);
for (const phone of all()) fleet.set(phone.mac, { ...phone, upgrade: made.upgrade(phone.mac) });
const router = os.router({
  bench: {
    view: os.bench.view.handler(() => benchView(all(), Date.now())),
    watch: os.bench.watch.handler(async function* ({ signal }) {
      const stream = events.subscribe('bench', signal ? { signal } : {});
      yield { kind: 'snapshot', view: { ...view, ...benchView(all(), Date.now()), servers: view.servers } } as BenchEvent;
      yield* stream;
    }),
  },
  phones: {
    page: os.phones.page.handler(({ input }) => { const phone = fleet.get(input.mac); return phone ? phonePage(phone, Date.now()) : null; }),
    timeline: os.phones.timeline.handler(({ input }) => { const phone = fleet.get(input.mac); return { rows: phone ? timelineOf(phone) : [], more: false }; }),
    profile: os.phones.profile.handler(({ input }) => {
      const phone = fleet.get(input.mac);
      return phone ? profileOf(phone) : { template: null, filled: null, served: null, reported: null, failure: { code: 'profile.no-template', params: {} } };
    }),
    enrol: os.phones.enrol.handler(({ input }) => ({ added: enrol(input.macs) })),
    remove: os.phones.remove.handler(({ input }) => {
      for (const mac of input.macs) fleet.delete(mac);
      events.publish('bench', { kind: 'delta', now: Date.now(), phones: [], removed: input.macs, counts: countsOf(all()) });
      return { removed: input.macs.length };
    }),
    resync: os.phones.resync.handler(() => ({ asked: true })),
  },
  evidence: {
    after: os.evidence.after.handler(() => []),
    verify: os.evidence.verify.handler(() => ({ rows: 0, brokenAt: null })),
  },
  imports: {
    dryRun: os.imports.dryRun.handler(() => report),
    take: os.imports.take.handler(() => report),
  },
  servers: {
    view: os.servers.view.handler(() => view.servers),
    pickCard: os.servers.pickCard.handler(() => pick(true)),
    start: os.servers.start.handler(() => view.servers),
    stop: os.servers.stop.handler(({ input }) => change({ servers: view.servers.servers.map((server) => (server.name === input.server ? { ...server, state: 'stopped', port: null } : server)) })),
    stopAll: os.servers.stopAll.handler(() => pick(false)),
    setPort: os.servers.setPort.handler(({ input }) => change({ servers: view.servers.servers.map((server) => (server.name === input.server ? { ...server, port: input.port } : server)) })),
    dhcpPolicy: os.servers.dhcpPolicy.handler(({ input }) => change({ dhcp: { ...view.servers.dhcp, policy: input.policy } })),
    dhcpStopAfter: os.servers.dhcpStopAfter.handler(({ input }) => change({ dhcp: { ...view.servers.dhcp, stopsAt: input.minutes === null ? null : Date.now() + input.minutes * 60_000 } })),
    dhcpCheck: os.servers.dhcpCheck.handler(() => view.servers),
    giveAddress: os.servers.giveAddress.handler(() => view.servers),
    announce: os.servers.announce.handler(({ input }) => change({ announced: input.on })),
  },
  activity: {
    watch: os.activity.watch.handler(async function* ({ signal }) {
      yield activityEvent();
      yield* events.subscribe('activity', signal ? { signal } : {});
    }),
    requests: os.activity.requests.handler(() => ({ rows: requestRows(60), more: false })),
    syslog: os.activity.syslog.handler(() => ({ rows: syslogRows(60), more: false, total: 1_284_903 })),
  },
  ...madeUpProfiles(os, flags.profiles as 'none' | 'drawn' | 'large'),
  ...madeUpRules(os),
  ...madeUpSecrets(os, flags.trouble === 'names-old'),
  firmware: made.firmware,
  settings: {
    get: os.settings.get.handler(() => settings),
    put: os.settings.put.handler(({ input }) => (settings = { ...settings, ...(Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as Partial<Settings>) })),
  },
  demo: {
    status: os.demo.status.handler(() => ({ running: false, phones: [], ends: false })),
    start: os.demo.start.handler(() => ({ running: true, phones: [], ends: true })),
    stop: os.demo.stop.handler(() => ({ running: false, phones: [], ends: false })),
  },
});

const report = {
  columns: ['mac', 'model', 'name', 'extension'], separator: ';', added: 2, changed: 0, same: 0, rejected: 1,
  rows: [
    { line: 2, verdict: 'new', mac: '00562bbc8c0d', model: 'CP-7841-3PCC', serial: null, name: 'Chambre', variables: { extension: '3007' }, reason: null },
    { line: 3, verdict: 'rejected', mac: '00562bbc8c', model: null, serial: null, name: 'Accueil', variables: { extension: '3008' }, reason: { code: 'import.mac-wrong', params: { text: '00562bbc8c' } } },
    { line: 4, verdict: 'new', mac: 'c4b9cded64f1', model: 'CP-8851-3PCC', serial: null, name: 'Pharmacie', variables: { extension: '3009' }, reason: null },
  ],
} as const;

function enrol(macs: readonly Mac[]): number {
  const patches = macs.map((mac, index): PhoneView => {
    const known = fleet.get(mac);
    const number = all().filter((phone) => phone.enrolled).length + 1 + index;
    return { ...(known ?? { ...phoneAt(48, Date.now()), mac }), number, enrolled: true, face: known ? 'working' : 'expected', version: (known?.version ?? 0) + 1 };
  });
  for (const phone of patches) fleet.set(phone.mac, phone);
  events.publish('bench', { kind: 'delta', now: Date.now(), phones: patches, removed: [], counts: countsOf(all()), worklist: worklistOf(all(), Date.now()) });
  return patches.length;
}

function pick(card: boolean) {
  view = { ...view, servers: benchView([], Date.now(), { card }).servers };
  events.publish('bench', { kind: 'delta', now: Date.now(), phones: [], removed: [], servers: view.servers });
  return view.servers;
}

function change(part: Partial<typeof view.servers>) {
  view = { ...view, servers: { ...view.servers, ...part } };
  events.publish('bench', { kind: 'delta', now: Date.now(), phones: [], removed: [], servers: view.servers });
  return view.servers;
}

let seq = 1000;
function requestRows(count: number): readonly RequestRow[] {
  const phones = all();
  return Array.from({ length: count }, () => {
    seq += 1;
    const phone = phones[seq % Math.max(1, phones.length)];
    const refused = seq % 17 === 0;
    return {
      seq, at: Date.now() - (count - (seq % count)) * 40, server: (['http', 'tftp', 'dhcp'] as const)[seq % 3] ?? 'http', mac: phone?.mac ?? null, number: phone?.number ?? null,
      peer: phone?.ip ?? '10.20.0.9', asked: ['GET', 'RRQ', 'REQUEST'][seq % 3] ?? 'GET', what: `/p/${phone?.mac ?? 'unknown'}.cfg`, answer: refused ? '404' : seq % 3 === 2 ? 'ACK' : '200',
      tone: refused ? 'attention' : 'ok', code: refused ? 'file.not-found' : null, bytes: 20_100, tookMs: 4.2, exchange: null, detail: { blksize: 1428 },
    } satisfies RequestRow;
  }).toReversed();
}
function syslogRows(count: number): readonly SyslogRow[] {
  const phones = all();
  return Array.from({ length: count }, () => {
    seq += 1;
    const phone = phones[seq % Math.max(1, phones.length)];
    return { id: seq, at: Date.now(), severity: seq % 11 === 0 ? 3 : 5, mac: phone?.mac ?? null, number: phone?.number ?? null, peer: phone?.ip ?? '10.20.0.9', text: `-- Successful resync http://10.20.0.1:80/p/${phone?.mac ?? ''}.cfg` };
  }).toReversed();
}
function activityEvent(): ActivityEvent {
  const flow = Array.from({ length: 60 }, (_, second) => 200 + Math.round(120 * Math.sin(second / 6)));
  return { requests: requestRows(4), syslog: syslogRows(3), skipped: 0, rates: { requests: flow, bytes: flow.map((value) => value * 150_000), refused: flow.map((value) => value % 3), lines: flow }, syslogTotal: 1_284_903 };
}

let cursor = 0;
function tick(changes: number): void {
  const phones = all();
  const patches = new Map<string, PhonePatch>();
  for (let index = 0; index < changes; index += 1) {
    cursor = (cursor + 7) % Math.max(1, phones.length);
    const phone = phones[cursor];
    if (!phone) continue;
    const now = fleet.get(phone.mac) ?? phone;
    const percent = ((now.moving?.percent ?? 0) + 1) % 100;
    const turned = index % 40 === 0 && now.enrolled;
    const next: PhoneView = {
      ...now, version: now.version + 1, heardAt: Date.now(),
      ...(now.moving ? { moving: { ...now.moving, percent, bytes: percent * 448_000 } } : {}),
      ...(turned && now.face === 'working' ? { stage: now.stage === 'addressed' ? 'rebooted' as const : 'addressed' as const, stageAt: Date.now() } : {}),
    };
    fleet.set(phone.mac, next);
    patches.set(phone.mac, { mac: next.mac, version: next.version, heardAt: next.heardAt, moving: next.moving, stage: next.stage, stageAt: next.stageAt });
  }
  const now = Date.now();
  events.publish('bench', { kind: 'delta', now, phones: [...patches.values()], removed: [], counts: countsOf(all()), worklist: worklistOf(all(), now) });
}

const rate = Number(flags.rate);
if (rate > 0) setInterval(() => tick(Math.ceil(rate / 10)), 100).unref();
setInterval(() => events.publish('activity', activityEvent()), 1000).unref();

const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' };
const TOKEN = 'dev';
const server = createServer((request, response) => {
  const path = new URL(request.url ?? '/', 'http://local').pathname;
  if (request.method === 'POST' && path === '/session') {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString('utf8').slice(0, 1000)));
    request.on('end', () => {
      const good = body.includes(`"${TOKEN}"`);
      response.writeHead(good ? 204 : 401, good ? { 'set-cookie': 'dialbench=dev; HttpOnly; SameSite=Strict; Path=/' } : {}).end();
    });
    return;
  }
  if (request.method === 'PUT' && path.startsWith('/firmware/')) {
    request.on('data', () => undefined);
    request.on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(made.takeUpload(decodeURIComponent(path.slice(10))))));
    return;
  }
  const file = normalize(path === '/' ? '/index.html' : path);
  readFile(join(root, file)).then(
    (bytes) => response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', 'content-security-policy': "frame-ancestors 'none'" }).end(bytes),
    () => response.writeHead(404).end(),
  );
});
const sockets = new WebSocketServer({ noServer: true });
const handler = new RPCHandler(router);
server.on('upgrade', (request, socket, head) => {
  if (request.url !== '/rpc' || !request.headers.cookie?.includes('dialbench=dev')) {
    socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
    return;
  }
  sockets.handleUpgrade(request, socket, head, (client) => void handler.upgrade(client, { context: {} }));
});
server.listen(Number(flags.port), '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  process.stdout.write(`${JSON.stringify({ ui: `http://127.0.0.1:${port}/#token=${TOKEN}` })}\n`);
});
for (const name of ['SIGTERM', 'SIGINT'] as const) process.on(name, () => process.exit(0));

