import type { Observation } from '../../../common/values/observation.ts';
import type { ZoneFacts } from './zone.ts';

/** What the DNS server asks of the app. */
export interface DnsNeeds {
  /** Asked for every question: servers come and go, and their records with them. Must be quick and pure. */
  facts(): ZoneFacts;
  /**
   * A question and its answer: `A`, `SRV` … in `asked`, the name in `detail.name`. The same question of the same peer is
   * told once a minute; `detail.again` counts what came between.
   */
  observe(observation: Observation): void;
  /** State or figures changed; at most once a second. */
  changed(): void;
}
