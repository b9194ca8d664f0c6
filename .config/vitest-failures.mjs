// Vitest loads a reporter by its path and makes it without arguments: the file to write comes from the environment.
import { failureReporter } from '../scripts/setup/failures.mjs';

export default class {
  constructor() {
    Object.assign(this, failureReporter(process.env.DIALBENCH_FAILURES_FILE));
  }
}
