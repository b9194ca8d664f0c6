import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { done, failed, type Failure, type Result } from '../../common/values/failure.ts';
import type { Mac } from '../../common/values/mac.ts';
import type { Device } from '../domain/device/device.ts';
import { newPlan } from '../domain/device/enrol.ts';
import type { EvidenceRow } from '../domain/evidence/row.ts';
import type { Directory } from '../domain/identify/identify.ts';
import { templatesFor } from '../domain/profile/scope.ts';
import { openStore } from '../store/open.ts';
import type { Store, TemplateRow } from '../store/store.ts';
import type { BenchOptions } from './options.ts';
import { openSecretBox, type SecretBox } from '../crypto/workspace-key.ts';
import type { SeenOfPhone } from './firmware/wave-signs.ts';
import { openCatalogue, type Catalogue } from './firmware/catalogue.ts';
import { createRenderer, type Renderer } from './serve/rendered.ts';
import { protectFor } from './serve/protect-for.ts';
import { createReports, type Reports } from './serve/reports.ts';
import { dictionaryShelf, type DictionaryShelf } from './state/dictionary.ts';
import { keyVariables } from './state/key-variables.ts';
import { openRing, type Ring } from './state/ring.ts';
import { createExchanges, type Exchanges } from './state/exchanges.ts';
import { createRecorder, type Recorder } from './state/recorder.ts';
import { createRegister, type Register } from './state/register.ts';
import { createRoll, type Roll } from './state/roll.ts';
import { openSettings, type SettingsBook } from './state/settings.ts';
import { openTemplates, type Templates } from './state/templates.ts';

/** Made-up MACs cost a sender nothing: a workspace of this size takes nobody in by itself any more. */
const MOST_ADOPTED = 10_000;

/** The record of one workspace in memory and on disk, without any server. */
export interface Workspace {
  readonly store: Store;
  readonly register: Register;
  readonly roll: Roll;
  readonly exchanges: Exchanges;
  readonly directory: Directory;
  readonly recorder: Recorder;
  readonly renderer: Renderer;
  readonly settings: SettingsBook;
  readonly templates: Templates;
  readonly ring: Ring;
  readonly dictionary: DictionaryShelf;
  readonly catalogue: Catalogue;
  readonly reports: Reports;
  /** Whether a template is for this phone now. */
  isFor(mac: Mac): (template: string) => boolean;
  /** Seals secrets at rest: keys of phones, private keys of certificates. */
  readonly box: SecretBox;
  readonly folders: { readonly files: string; readonly uploads: string };
  adoptsAll(): boolean;
  close(): Promise<void>;
}

/** What the record asks of the bench around it. */
export interface WorkspaceNeeds {
  neighbour(address: string): Mac | null;
  variables(device: Device): Readonly<Record<string, string>>;
  seen(seen: SeenOfPhone): void;
  /** Targets of the waves that need this load. */
  using(load: string): readonly string[];
  recorded(rows: readonly EvidenceRow[]): void;
  trouble(failure: Failure): void;
  changed(): void;
}

export async function openWorkspace(options: BenchOptions, needs: WorkspaceNeeds): Promise<Result<Workspace>> {
  const { folder, now, workers } = options;
  const opened = await openStore(folder, {
    storeWorker: workers.store,
    syslogWorker: workers.syslog,
    now,
    onTrouble: needs.trouble,
  });
  if (!opened.ok) return opened;
  const store = opened.value;
  const folders = { files: join(folder, 'files'), uploads: join(folder, 'uploads') };
  for (const path of Object.values(folders)) await mkdir(path, { recursive: true, mode: 0o700 });

  const register = createRegister(await store.phones.lastNumber());
  for (const device of await store.phones.all()) register.put(device);
  const trouble = (cause: unknown): void => needs.trouble(failed('workspace.write-failed', { cause: textOf(cause) }).failure);
  const roll = createRoll({ store, register, now, trouble });
  const exchanges = createExchanges();
  const settings = await openSettings(store, needs.changed);
  const adoptsAll = (): boolean => (options.adopt ?? settings.read().adopt) === 'all' && register.size() < MOST_ADOPTED;
  const directory: Directory = {
    byAddress: (address) => register.byAddress(address),
    bySerial: (serial) => register.bySerial(serial),
    neighbour: needs.neighbour,
  };
  let lost = 0;
  const recorder = createRecorder({
    store, register, exchanges, directory, adoptsAll, trouble, now,
    adopt: roll.adopt,
    seen: needs.seen,
    recorded: needs.recorded,
    lost: () => {
      lost += 1;
      needs.trouble(failed('workspace.rows-lost', { count: lost }).failure);
    },
  });
  const box = await openSecretBox(folder, options.secrets);
  if (!box.ok) {
    await store.close();
    return box;
  }
  const ring = await openRing({
    store, now,
    box: box.value,
    trouble: needs.trouble,
    changed: (texts) => {
      if (texts) renderer.reset(renderer.templates());
      needs.changed();
    },
  });
  const variables = (device: Device): Readonly<Record<string, string>> => ({ ...keyVariables(device, renderer.templates(), ring), ...needs.variables(device) });
  const renderer: Renderer = createRenderer({
    variables,
    protect: (xml, protection, { mac }) => protectFor(xml, protection, mac, ring),
  });
  const isFor = (mac: Mac): ((template: string) => boolean) => {
    const device = register.get(mac);
    const names = new Set(device ? templatesFor(renderer.templates(), device).map(({ name }) => name) : []);
    return (template) => names.has(template);
  };
  const catalogue = await openCatalogue({
    store, now,
    folder: join(folder, 'firmware'),
    changed: needs.changed,
    usedBy: (load) => [...renderer.templates().filter(({ text }) => text.includes(load)).map(({ name }) => name), ...needs.using(load)],
  });
  const dictionary = dictionaryShelf(options.resources);
  const reports = createReports({ store, ring, isFor, dictionary, trouble });
  const templates = await openTemplates({ store, now, devices: register.all, changed: (rows, isFirst) => {
    const before = renderer.templates();
    renderer.reset(rows);
    if (!isFirst) recorder.put(touchedBy(before, rows, register.all()).map((device) => newPlan(device, now())));
    needs.changed();
  } });
  return done({
    store, register, roll, exchanges, directory, recorder, renderer, ring, reports, dictionary, catalogue, settings, templates, folders, adoptsAll, isFor,
    box: box.value,
    close: async () => {
      await roll.flush();
      await recorder.flush();
      await store.close();
    },
  });
}

/** Phones of whose templates one is another now, those with names of their own among them: what they hold is not the plan any more. */
function touchedBy(before: readonly TemplateRow[], after: readonly TemplateRow[], devices: readonly Device[]): readonly Device[] {
  const plan = (rows: readonly TemplateRow[], device: Device): string => JSON.stringify(templatesFor(rows, device).map(({ name, path, text }) => [name, path, text]));
  return devices.filter((device) => device.enrolled && plan(before, device) !== plan(after, device));
}

function textOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
