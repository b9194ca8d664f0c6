import type { ClientCertificates, TlsFloor } from '../../../common/values/certificate.ts';
import { parseMac, type Mac } from '../../../common/values/mac.ts';
import type { Store } from '../../store/store.ts';

/** What a person chose for HTTPS, and what must outlive a restart. No key in it. */
export interface CertificateSettings {
  readonly origin: 'bench' | 'customer';
  readonly clientCertificates: ClientCertificates;
  readonly floor: TlsFloor;
  /** Names beside the bench's own, in the order given. */
  readonly names: readonly string[];
  readonly days: number;
  /** Phones that fetched the authority with this fingerprint. */
  readonly holders: { readonly authority: string; readonly macs: readonly Mac[] };
}

export const DEFAULT_DAYS = 397;
const KEY = 'certificates';
const DEFAULTS: CertificateSettings = {
  origin: 'bench', clientCertificates: 'off', floor: 'TLSv1.2', names: [], days: DEFAULT_DAYS, holders: { authority: '', macs: [] },
};

/** Reads what was kept; a value that another version wrote, and this one does not know, is its default. */
export async function readCertificateSettings(store: Store): Promise<CertificateSettings> {
  const kept = await store.settings.get(KEY);
  if (typeof kept !== 'object' || kept === null) return DEFAULTS;
  const { origin, clientCertificates, floor, names, days, holders } = kept as Partial<Record<keyof CertificateSettings, unknown>>;
  return {
    origin: origin === 'customer' ? 'customer' : 'bench',
    clientCertificates: clientCertificates === 'asked' || clientCertificates === 'required' ? clientCertificates : 'off',
    floor: floor === 'TLSv1' || floor === 'TLSv1.1' || floor === 'TLSv1.3' ? floor : 'TLSv1.2',
    names: texts(names),
    days: typeof days === 'number' && days >= 1 && days <= 825 ? Math.floor(days) : DEFAULT_DAYS,
    holders: readHolders(holders),
  };
}

export async function writeCertificateSettings(store: Store, settings: CertificateSettings): Promise<void> {
  await store.settings.put(KEY, settings);
}

function readHolders(kept: unknown): CertificateSettings['holders'] {
  if (typeof kept !== 'object' || kept === null) return DEFAULTS.holders;
  const { authority, macs } = kept as { readonly authority?: unknown; readonly macs?: unknown };
  return typeof authority === 'string' ? { authority, macs: texts(macs).flatMap((text) => parseMac(text) ?? []) } : DEFAULTS.holders;
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];
}
