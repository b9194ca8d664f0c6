import type { Kysely } from 'kysely';
import type { Mac } from '../../common/values/mac.ts';
import type { Ipv4 } from '../../common/values/ip.ts';
import type { Device } from '../domain/device/device.ts';
import type { BenchTables } from './schema.ts';
import type { LeaseRow, Store } from './store.ts';

type Tables = Kysely<BenchTables>;

/** SQLite takes at most 32,766 parameters for one query. */
const MOST_PARAMETERS = 5_000;

export function settingTable(tables: Tables): Store['settings'] {
  return {
    get: async (key) => {
      const row = await tables.selectFrom('settings').select('value').where('key', '=', key).executeTakeFirst();
      return row === undefined ? undefined : (JSON.parse(row.value) as unknown);
    },
    put: async (key, value) => {
      const text = JSON.stringify(value ?? null);
      await tables.insertInto('settings').values({ key, value: text }).onConflict((conflict) => conflict.column('key').doUpdateSet({ value: text })).execute();
    },
  };
}

const SERVED = ['template', 'sha256', 'at', 'masked'] as const;

export function servedTable(tables: Tables): Store['served'] {
  return {
    put: async (row) => {
      await tables.insertInto('served').values(row).onConflict((conflict) => conflict.columns(['mac', 'template']).doUpdateSet(row)).execute();
    },
    last: async (mac) => {
      const row = await tables.selectFrom('served').select(SERVED).where('mac', '=', mac).orderBy('at', 'desc').limit(1).executeTakeFirst();
      return row ?? null;
    },
    all: (mac) => tables.selectFrom('served').select(SERVED).where('mac', '=', mac).orderBy('at').execute(),
  };
}

export async function allLeases(tables: Tables): Promise<readonly LeaseRow[]> {
  const rows = await tables.selectFrom('leases').selectAll().execute();
  return rows.map(({ ip, mac, client_id, expires_at, state }) => ({
    ip: ip as Ipv4, mac: mac as Mac | null, clientId: client_id, expiresAt: expires_at, state: state as LeaseRow['state'],
  }));
}

/** Phones in the order of their numbers, strangers last. */
export async function allPhones(tables: Tables): Promise<readonly Device[]> {
  const rows = await tables.selectFrom('phones').select(['plan', 'body']).orderBy('number', (order) => order.asc().nullsLast()).execute();
  return rows.map(({ plan, body }) => ({ ...(JSON.parse(body) as Device), ...(JSON.parse(plan) as Partial<Device>) }));
}

export async function removePhones(tables: Tables, macs: readonly Mac[]): Promise<number> {
  let removed = 0n;
  for (let from = 0; from < macs.length; from += MOST_PARAMETERS) {
    const some = macs.slice(from, from + MOST_PARAMETERS);
    removed += (await tables.deleteFrom('phones').where('mac', 'in', some).executeTakeFirstOrThrow()).numDeletedRows;
    // A phone that is taken in again is a fresh one: what another life of it was served proves nothing.
    await tables.deleteFrom('served').where('mac', 'in', some).execute();
  }
  return Number(removed);
}

/** The highest number that a phone of this workspace ever had; 0 before the first. */
export async function lastNumber(tables: Tables): Promise<number> {
  const row = await tables.selectFrom('counters').select('value').where('name', '=', 'phone').executeTakeFirst();
  return row?.value ?? 0;
}
