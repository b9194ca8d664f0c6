import type { Observation } from '../../../common/values/observation.ts';

/** What the SNTP server asks of the app. */
export interface SntpNeeds {
  /** One row for each peer a minute; `detail.again` counts what came between. */
  observe(observation: Observation): void;
  /** State or figures changed; at most once a second. */
  changed(): void;
}
