import { workerData } from 'node:worker_threads';
import { done } from '../../../common/values/failure.ts';
import { openDatabase } from '../database.ts';
import { SYSLOG_MIGRATIONS } from '../schema.ts';
import { serveDatabase } from '../serve.ts';
import { syslogOperations } from './operations.ts';

/** The thread of `syslog.sqlite`: a merge of its full-text index may take a second, and nobody else waits for it. */
serveDatabase(() => {
  const { file } = workerData as { readonly file: string };
  const opened = openDatabase(file, SYSLOG_MIGRATIONS);
  if (!opened.ok) return opened;
  const database = opened.value;
  return done({ operations: syslogOperations(database), close: () => database.close() });
});
