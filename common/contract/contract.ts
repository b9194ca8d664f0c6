import type { ContractRouterClient } from '@orpc/contract';
import { activity, evidence } from './areas/activity.ts';
import { bench, imports, phones } from './areas/phones.ts';
import { servers } from './areas/servers.ts';
import { firmware } from './areas/firmware.ts';
import { certificates, doctor, keys } from './areas/secrets.ts';
import { profiles, reports, rules } from './areas/profiles.ts';
import { demo, settings } from './areas/workspace.ts';

/**
 * The one border between the bench host and everything that shows or steers it: the renderer under Electron and in a
 * browser, and the command line on a running workspace. Input is validated; an expected failure leaves as an error whose
 * `data` is a `Failure` of the catalogue.
 */
export const contract = {
  bench, phones, imports, servers, activity, evidence, profiles, rules, reports, keys, doctor, certificates, firmware, settings, demo,
};

export type BenchClient = ContractRouterClient<typeof contract>;
