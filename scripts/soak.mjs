// `npm run soak [-- --phones N --mb N --seed N --minutes N]`: virtual phones through a two-hop upgrade with faults, real sizes.
import { ensureBuilt } from './setup/build.mjs';
import { ensurePackages } from './setup/install.mjs';
import { handOver } from './setup/node.mjs';
import { guarded } from './setup/say.mjs';

await guarded(async () => {
  await ensurePackages();
  await ensureBuilt();
  return handOver(['--disable-warning=ExperimentalWarning', 'test/soak/run.ts', ...process.argv.slice(2)]);
});
