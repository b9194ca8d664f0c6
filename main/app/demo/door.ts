import type { DemoStatus } from '../../../common/contract/views/workspace.ts';
import type { Result } from '../../../common/values/failure.ts';

/** Starts and ends the demo. A bench is given one by whoever opens it: the demo is a bench of its own beside it. */
export interface DemoDoor {
  status(): DemoStatus;
  start(count: number): Promise<Result<void>>;
  stop(): Promise<void>;
}
