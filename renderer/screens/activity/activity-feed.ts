import type { BenchClient } from '../../../common/contract/contract.ts';
import type { ActivityEvent, Rates, RequestRow, SyslogRow } from '../../../common/contract/views/activity.ts';
import { Signal } from '../../model/signal.ts';
import { PagedList } from './paged-list.ts';
import { filterPasses, hostText, lineMatches, readWords, requestMatches, type RequestFilter } from './search-words.ts';
import { NO_RATES } from './spark.ts';

export interface Query {
  readonly text: string;
  readonly filter: RequestFilter;
  /** Warnings and worse only. */
  readonly warnings: boolean;
}

const PAGE = 200;
/** `warning` of RFC 5424 §6.2.1; smaller is worse. */
const WARNING = 4;
const AGAIN_MS = 1000;

/** The two lists of the activity screen under one query, the rates, and the pipe that feeds them. */
export class ActivityFeed {
  readonly requests: PagedList<RequestRow>;
  readonly lines: PagedList<SyslogRow>;
  readonly rates = new Signal<Rates>(NO_RATES);
  readonly total = new Signal<number | null>(null);
  readonly #client: Pick<BenchClient, 'activity'>;
  #query: Query = { text: '', filter: 'all', warnings: false };
  #stop: AbortController | null = null;

  constructor(client: Pick<BenchClient, 'activity'>) {
    this.#client = client;
    const words = () => readWords(this.#query.text);
    this.requests = new PagedList<RequestRow>({
      position: (row) => row.seq,
      key: (row) => (row.exchange === null ? row.seq : `${row.peer} ${row.exchange}`),
      load: (before) => client.activity.requests({ text: hostText(this.#query.text, this.#query.filter), limit: PAGE, ...(before === undefined ? {} : { before }) }),
      passes: (row) => requestMatches(row, words()) && filterPasses(row, this.#query.filter, words()),
    });
    this.lines = new PagedList<SyslogRow>({
      position: (row) => row.id,
      key: (row) => row.id,
      load: async (before) => {
        const { text, warnings } = this.#query;
        const page = await client.activity.syslog({ text, limit: PAGE, ...(before === undefined ? {} : { before }), ...(warnings ? { worstSeverity: WARNING } : {}) });
        this.total.set(page.total);
        return page;
      },
      passes: (row) => lineMatches(row, words()) && (!this.#query.warnings || row.severity <= WARNING),
    });
  }

  /** Follows the host until `stop`; a pipe that broke is opened again. */
  start(): void {
    const stop = new AbortController();
    this.#stop = stop;
    void this.#follow(stop.signal);
  }

  stop(): void {
    this.#stop?.abort();
    this.#stop = null;
  }

  ask(query: Query): void {
    const before = this.#query;
    this.#query = query;
    if (query.text !== before.text || query.filter !== before.filter) void this.requests.reload();
    if (query.text !== before.text || query.warnings !== before.warnings) void this.lines.reload();
  }

  hold(held: boolean): void {
    this.requests.live.hold(held);
    this.lines.live.hold(held);
  }

  reload(): void {
    void this.requests.reload();
    void this.lines.reload();
  }

  async #follow(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        const events = await this.#client.activity.watch(undefined, { signal });
        this.reload();
        for await (const event of events) {
          if (signal.aborted) return;
          this.#take(event);
        }
      } catch {
        // The frame says that the host is gone; here the last rows stay as they are until it is back.
      }
      if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }

  #take(event: ActivityEvent): void {
    this.rates.set(event.rates);
    this.total.set(event.syslogTotal);
    this.requests.push(event.requests);
    this.lines.push(event.syslog);
  }
}
