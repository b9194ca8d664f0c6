import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { done, failed, type Failure, type Result } from '../../common/values/failure.ts';
import type { Device } from '../domain/device/device.ts';
import type { BenchOperations } from './bench-operations.ts';
import { evidenceLog } from './evidence/log.ts';
import { kyselyOver } from './kysely-thread.ts';
import { groupCommit } from './group-commit.ts';
import { lockWorkspace, type Lock } from './lock.ts';
import type { LeaseRow, Store } from './store.ts';
import { syslogLog } from './syslog/log.ts';
import type { SyslogOperations } from './syslog/operations.ts';
import { firmwareTable } from './firmware-table.ts';
import { keyTable } from './key-table.ts';
import { reportTable } from './report-table.ts';
import { allLeases, allPhones, lastNumber, removePhones, servedTable, settingTable } from './tables.ts';
import { templateTable } from './template-table.ts';
import { startThread, type Thread } from './thread.ts';

export interface StoreOptions {
  /** Scripts of the two database threads: `store-worker.mjs` and `syslog-worker.mjs` of the build, `.ts` in a checkout. */
  readonly storeWorker: URL | string;
  readonly syslogWorker: URL | string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Hears of a full disk, a failed write, a thread that stopped. The operation's own promise rejects too. */
  readonly onTrouble?: (failure: Failure) => void;
}

const LEASES_TOGETHER = 500;
const ENROLMENTS_TOGETHER = 200;

/** Rooms of a workspace beside its databases. */
const FOLDERS = ['files', 'firmware', 'uploads', 'captures', 'keys'] as const;

/**
 * Opens a workspace, creates it when it is not there (0700), and holds it for this process until `close`.
 * @returns `workspace.in-use` with the owner's pid, `workspace.newer`, or `workspace.unreadable` with the cause
 */
export async function openStore(path: string, options: StoreOptions): Promise<Result<Store>> {
  const folder = resolve(path);
  const created = createFolders(folder);
  if (!created.ok) return created;
  const lock = lockWorkspace(folder, options.now());
  if (!lock.ok) return lock;
  const trouble = options.onTrouble ?? (() => undefined);
  const bench = await startThread<BenchOperations>(options.storeWorker, { file: join(folder, 'bench.sqlite') }, trouble);
  if (!bench.ok) return giveUp(lock.value, folder, bench.failure);
  const syslog = await startThread<SyslogOperations>(options.syslogWorker, { file: join(folder, 'syslog.sqlite') }, trouble);
  if (!syslog.ok) {
    await bench.value.stop();
    return giveUp(lock.value, folder, syslog.failure);
  }
  return done(composeStore(folder, lock.value, bench.value, syslog.value));
}

function composeStore(folder: string, lock: Lock, bench: Thread<BenchOperations>, syslogThread: Thread<SyslogOperations>): Store {
  const tables = kyselyOver(bench);
  const evidence = evidenceLog(bench);
  const syslog = syslogLog(syslogThread);
  const leases = groupCommit<LeaseRow>((group) => bench.call('putLeases', group), LEASES_TOGETHER);
  // Hundreds of phones that are adopted at once must not make hundreds of syncs, with leases waiting behind them.
  const enrolments = groupCommit<readonly Device[]>((group) => bench.call('enrol', group.flat()), ENROLMENTS_TOGETHER, true);
  return {
    folder,
    phones: {
      all: () => allPhones(tables),
      lastNumber: () => lastNumber(tables),
      // What waits in the evidence carries older states of phones: it goes first, and the thread keeps the order.
      enrol: async (devices) => {
        void evidence.flush();
        await enrolments.put(devices);
      },
      remove: async (macs) => {
        void evidence.flush();
        await enrolments.idle();
        return removePhones(tables, macs);
      },
    },
    templates: templateTable(tables, bench),
    keys: keyTable(tables, bench),
    reports: reportTable(tables),
    firmware: firmwareTable(tables, bench),
    leases: { all: () => allLeases(tables), put: leases.put },
    evidence: { append: evidence.append, page: evidence.page, after: evidence.after, verify: evidence.verify },
    syslog,
    settings: settingTable(tables),
    served: servedTable(tables),
    close: async () => {
      await Promise.allSettled([evidence.flush(), syslog.flush(), leases.idle(), enrolments.idle()]);
      await Promise.all([bench.stop(), syslogThread.stop()]);
      lock.release();
    },
  };
}

function createFolders(folder: string): Result<void> {
  try {
    // A folder that was there keeps its rights: it may be somebody's home. Everything inside is 0700 or 0600.
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const room of FOLDERS) mkdirSync(join(folder, room), { recursive: true, mode: 0o700 });
    return done(undefined);
  } catch (error) {
    const cause = (error as Error).message;
    return failed('workspace.unreadable', { folder, cause }, cause);
  }
}

function giveUp(lock: Lock, folder: string, failure: Failure): Result<never> {
  lock.release();
  return { ok: false, failure: { ...failure, params: { ...failure.params, folder } } };
}
