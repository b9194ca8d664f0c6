// Runs the benchmarks side by side with the peers that the machine has: `npm run bench -- [--only NAME] [--quick]`.
import { ensureBuilt } from './setup/build.mjs';
import { BENCH_TOOLS, ensureClients } from './setup/debian.mjs';
import { ensurePackages } from './setup/install.mjs';
import { handOver } from './setup/node.mjs';
import { unpackPeers } from './setup/peers.mjs';
import { guarded } from './setup/say.mjs';

await guarded(async () => {
  await ensurePackages();
  await ensureBuilt();
  await ensureClients(BENCH_TOOLS, 'benchmarks');
  await unpackPeers();
  return handOver(['--disable-warning=ExperimentalWarning', 'test/bench/run.ts', ...process.argv.slice(2)]);
});
