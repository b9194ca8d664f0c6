import { workerData } from 'node:worker_threads';
import { done } from '../../common/values/failure.ts';
import { benchOperations } from './bench-operations.ts';
import { openDatabase } from './database.ts';
import { BENCH_MIGRATIONS } from './schema.ts';
import { serveDatabase } from './serve.ts';

/** The thread of `bench.sqlite`: leases wait for nobody but what is listed in `bench-operations.ts`. */
serveDatabase(() => {
  const { file } = workerData as { readonly file: string };
  const opened = openDatabase(file, BENCH_MIGRATIONS);
  if (!opened.ok) return opened;
  const database = opened.value;
  return done({ operations: benchOperations(database), close: () => database.close() });
});
