import {
  Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler,
  type CompiledQuery, type DatabaseConnection, type Dialect, type Driver, type QueryResult,
} from 'kysely';
import type { BenchOperations } from './bench-operations.ts';
import type { BenchTables } from './schema.ts';
import type { Thread } from './thread.ts';

/**
 * Kysely over the database thread. Each query is one request; there are no interactive transactions, because the thread
 * has one connection and leases may not wait for somebody's `await`. Several queries that belong together go as one
 * `batch` (see `BenchOperations`).
 */
export function kyselyOver(thread: Thread<BenchOperations>): Kysely<BenchTables> {
  const dialect: Dialect = {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new ThreadDriver(thread),
    createIntrospector: (database) => new SqliteIntrospector(database),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
  return new Kysely<BenchTables>({ dialect });
}

class ThreadDriver implements Driver {
  readonly #connection: DatabaseConnection;

  constructor(thread: Thread<BenchOperations>) {
    this.#connection = new ThreadConnection(thread);
  }
  async init(): Promise<void> {}
  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }
  async beginTransaction(): Promise<void> {
    throw new Error('no interactive transactions on the database thread: send a batch');
  }
  async commitTransaction(): Promise<void> {}
  async rollbackTransaction(): Promise<void> {}
  async releaseConnection(): Promise<void> {}
  async destroy(): Promise<void> {}
}

class ThreadConnection implements DatabaseConnection {
  readonly #thread: Thread<BenchOperations>;

  constructor(thread: Thread<BenchOperations>) {
    this.#thread = thread;
  }
  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const { rows, changes } = await this.#thread.call('run', { sql, parameters });
    return { rows: rows as Row[], numAffectedRows: BigInt(changes) };
  }
   
  async *streamQuery<Row>(): AsyncGenerator<QueryResult<Row>> {
    throw new Error('results of the database thread are not streamed: ask by page');
  }
}
