import type { ContractRouterClient } from '@orpc/contract';
import type { reports, rules } from '../../common/contract/areas/profiles.ts';
import type { certificates, doctor, keys } from '../../common/contract/areas/secrets.ts';
import { host } from './host.ts';

interface Areas {
  readonly rules: typeof rules;
  readonly reports: typeof reports;
  readonly keys: typeof keys;
  readonly doctor: typeof doctor;
  readonly certificates: typeof certificates;
}

/** Rules, reports, keys, key doctor and certificates of the bench. */
export const tools = host as unknown as ContractRouterClient<{ [Area in keyof Areas]: Areas[Area] }>;
