import type { Router } from '@orpc/server';
import { hostname } from 'node:os';
import { basename } from 'node:path';
import type { contract } from '../../common/contract/contract.ts';
import type { ServersView } from '../../common/contract/views/servers.ts';
import { done, failed, type Result } from '../../common/values/failure.ts';
import type { Mac } from '../../common/values/mac.ts';
import type { Observation } from '../../common/values/observation.ts';
import type { ServerStatus } from '../../common/values/server.ts';
import { listCards } from '../discovery/cards.ts';
import { checkRuntime } from '../discovery/runtime.ts';
import { templateVariables, type BenchFacts } from '../domain/profile/variables.ts';
import type { DemoDoor } from './demo/door.ts';
import { createActivityFeed } from './live/activity-feed.ts';
import { hasRulePlace, orderUpgrade, versionOnPage } from './firmware/orders.ts';
import { openWaveDesk } from './firmware/wave-desk.ts';
import type { Waves } from './firmware/wave-needs.ts';
import { waveInputs } from './firmware/wave-signs.ts';
import { createBenchFeed } from './live/bench-feed.ts';
import { countObservation } from './live/count.ts';
import { viewBench, viewPhone, viewSummary, type ViewSources } from './live/bench-view.ts';
import { createRates } from './live/rates.ts';
import { toRequestRow, withoutBeginnings } from './live/request-row.ts';
import { createRemarks } from './live/remarks.ts';
import type { BenchOptions } from './options.ts';
import { serveNeeds } from './serve/serve-needs.ts';
import { openCertificateBook, type Certificates } from './state/certificates.ts';
import { takeLines } from './state/syslog-lines.ts';
import { benchRouter } from './router.ts';
import { benchFacts } from './station/bench-facts.ts';
import { cardInUse, wrongCard } from './station/card-in-use.ts';
import { explainFailure } from './station/explain.ts';
import { fillBase, firmwareBase } from './station/firmware-base.ts';
import { serverMakers } from './station/makers.ts';
import { serversView } from './station/servers-view.ts';
import { createStation, type Station } from './station/station.ts';
import { createSurroundings } from './station/surroundings.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

/** A running bench: the record, the servers and the contract over both. */
export interface Bench {
  readonly router: Router<typeof contract, Record<never, never>>;
  /** Resolves once no server is starting any more. */
  readonly ready: Promise<void>;
  servers(): readonly ServerStatus[];
  /** Enrols phones before they are heard, and gives them templates: what the demo prepares. */
  readonly workspace: Pick<Workspace, 'roll' | 'templates' | 'catalogue'>;
  stop(): Promise<void>;
}

/** Opens the workspace and everything that stands on it. An unknown card or a workspace in use is a failure. */
export async function openBench(options: BenchOptions, demo: DemoDoor): Promise<Result<Bench>> {
  const { now } = options;
  const startedAt = now();
  const rates = createRates(now);
  const remarks = createRemarks(() => {
    if (open) feed.touchServers();
  });
  let syslogKept = 0;
  let toldFacts = '';
  let waves: Waves | null = null;
  /** What the record tells while it is being opened concerns nobody yet. */
  let open = false;
  const numberOf = (mac: Mac): number | null => workspace.register.get(mac)?.number ?? null;

  const surroundings = createSurroundings({
    station: () => station,
    name: basename(options.folder) || hostname(),
    demo: options.demo,
    changed: () => feed.touchServers(),
  });
  const activity = createActivityFeed(rates, () => syslogKept);
  const feed = createBenchFeed({
    phone: (mac) => {
      const device = workspace.register.get(mac);
      return device ? viewPhone(device, views()) : null;
    },
    // A slow disk: the feed's clock may come before the record is open.
    macs: () => (open ? workspace.register.all().map(({ mac }) => mac) : []),
    summary: () => viewSummary(views()),
    servers: currentServers,
    view: () => viewBench(views()),
    now,
  });

  const opened = await openWorkspace(options, {
    neighbour: surroundings.neighbour,
    variables: (device) => templateVariables(device, facts(), ruleOf(device.mac)),
    seen: (seen) => waves?.take(waveInputs(seen)),
    using: (load) => waves?.using(load) ?? [],
    recorded: (rows) => activity.requests(withoutBeginnings(rows).map((row) => toRequestRow(row, numberOf))),
    trouble: remarks.add,
    changed: () => {
      if (!open) return;
      waves?.loadsChanged();
      feed.touchAll();
    },
  });
  if (!opened.ok) {
    feed.stop();
    activity.stop();
    await surroundings.stop();
    return opened;
  }
  const workspace = opened.value;
  syslogKept = await workspace.store.syslog.total();
  workspace.register.onChange(feed.touchPhone);
  const certificates: Certificates = await openCertificateBook({
    folder: options.folder,
    store: workspace.store,
    seal: workspace.box,
    address: () => station.address(),
    enrolled: () => workspace.register.all().filter((device) => device.enrolled).map(({ mac }) => mac),
    now,
    changed: serversChanged,
    trouble: writeFailed,
  });

  const serve = serveNeeds(workspace, {
    now,
    changed: serversChanged,
    authority: () => certificates.authority(),
    firmware: {
      find: workspace.catalogue.find,
      store: () => workspace.settings.read().firmwareStore || null,
      refuses: (mac, name) => waves?.door.refuses(mac, name) ?? null,
      fetching: (mac) => waves?.door.fetching(mac),
      asked: (file) => waves?.door.asked(file),
    },
    moved: (movements) => waves?.take([{ kind: 'moved', movements }]),
    observed: (seen) => {
      countObservation(seen, rates);
      doubtFirmware(seen);
      certificates.observed(seen, workspace.exchanges.get(seen.exchange ?? '')?.mac ?? null);
    },
  });
  const station: Station = createStation(options, {
    make: serverMakers({
      options,
      store: workspace.store,
      serve,
      certificates,
      device: workspace.register.get,
      station: () => station,
      observe: serve.observe,
      changed: serversChanged,
      lines: takeLines({
        store: workspace.store,
        directory: workspace.directory,
        numberOf,
        kept: () => syslogKept,
        taken: (rows) => {
          syslogKept += rows.length;
          rates.add('lines', rows.length);
          activity.syslog(rows);
        },
      }),
    }),
    cards: listCards,
    explain: explainFailure,
    changed: serversChanged,
  });

  waves = await openWaveDesk({
    ...workspace, now,
    base: () => firmwareBase(facts()),
    order: async (device, load, signal) => {
      const byProfile = hasRulePlace(workspace.renderer.templates(), device);
      const url = `${fillBase(firmwareBase(facts()), facts)}/${load}`.replace('$MA', device.mac);
      const asked = await orderUpgrade(device, url, byProfile, options.phoneWeb, signal);
      return asked.ok ? null : asked.failure;
    },
    look: (device, signal) => versionOnPage(device, options.phoneWeb, signal),
    showed: (device, version) => workspace.recorder.put([{ ...device, firmware: version }]),
    card: async () => cardInUse(await listCards(), station.address()),
    ruleChanged: workspace.renderer.forget,
    touched: feed.touchPhone,
    trouble: writeFailed,
  });
  const desk = waves;

  const router = benchRouter({
    workspace, options, demo, feed, activity, station, certificates, surroundings,
    waves: desk,
    firmwareBase: () => firmwareBase(facts()),
    view: () => viewBench(views()),
    phoneView: (device) => viewPhone(device, views()),
    servers: currentServers,
  });

  open = true;
  surroundings.watch();
  const stop = async (): Promise<void> => {
    await station.close();
    await surroundings.stop();
    await desk.stop();
    feed.stop();
    activity.stop();
    await workspace.close();
  };
  const opening = await openStation();
  if (!opening.ok) {
    await stop();
    return opening;
  }
  return done({
    router,
    ready: opening.value,
    servers: () => station.statuses(),
    workspace,
    stop,
  });

  /** A wrong card is told at once; the DHCP probe is waited for by `ready`. */
  async function openStation(): Promise<Result<Promise<void>>> {
    for (const failure of options.serve ? await checkRuntime() : []) remarks.add(failure);
    const wrong = await wrongCard(options);
    if (wrong) return wrong;
    const ready = station.open().then((result) => {
      if (!result.ok) remarks.add(result.failure);
      feed.touchServers();
    });
    return done(ready);
  }

  /** A server met another file than the catalogue spoke of, or none at all. */
  function doubtFirmware({ outcome, exchange = '' }: Observation): void {
    if ((outcome.kind !== 'refused' && outcome.kind !== 'broken') || !FILE_TROUBLE.test(outcome.code)) return;
    const name = workspace.exchanges.get(exchange)?.file;
    if (name !== undefined) workspace.catalogue.doubt(name);
  }

  function serversChanged(): void {
    // A server that comes or goes changes what templates may say: nothing that was filled before is right any more.
    const told = JSON.stringify(facts());
    if (told !== toldFacts) workspace.renderer.reset(workspace.renderer.templates());
    toldFacts = told;
    feed.touchServers();
  }

  function writeFailed(cause: unknown): void {
    remarks.add(failed('workspace.write-failed', { cause: cause instanceof Error ? cause.message : String(cause) }).failure);
  }

  /** What templates may say of this bench at this moment. */
  function facts(): BenchFacts {
    return benchFacts(station, certificates);
  }

  function ruleOf(mac: Mac): string {
    return fillBase(waves?.rule(mac) ?? '', facts);
  }

  /** Read late: the record and the station exist once anybody looks. */
  function views(): ViewSources {
    return {
      options, startedAt,
      register: workspace.register,
      doneStage: () => workspace.settings.read().doneStage,
      servers: currentServers,
      upgrade: (mac) => waves?.upgrade(mac) ?? null,
      attention: (mac) => waves?.attention(mac) ?? null,
    };
  }

  function currentServers(): ServersView {
    return serversView({
      station,
      enrolled: (mac) => workspace.register.get(mac)?.enrolled === true,
      otherBenches: surroundings.otherBenches(),
      announced: surroundings.announced(),
      remarks: remarks.list(),
    });
  }
}

/** What a server says of a file that it was to serve: changed, replaced, unreadable, gone. */
const FILE_TROUBLE = /^(?:tftp|http)\.file-|^file\.not-found$/;
