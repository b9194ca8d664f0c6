import type { EventEmitter } from 'node:events';
import { hostname } from 'node:os';
import Bonjour, { type Service } from 'bonjour-service';
import type { OtherBench } from '../../common/contract/views/servers.ts';
import { parseIpv4, subnetContains, type Subnet } from '../../common/values/ip.ts';

/** Showing this bench to others on the picked card, and seeing theirs. Exists only while a person wants it (design §11.10). */
export interface BenchSight {
  others(): readonly OtherBench[];
  /** Says goodbye to the others and closes the socket; resolves within 2 s. */
  stop(): Promise<void>;
}

export interface BenchSightOptions {
  /** The picked card: nothing is sent by another, and benches outside its subnet are not listed. */
  readonly subnet: Subnet;
  /** What others read, e.g. the name of the workspace. */
  readonly name: string;
  /** The port that is told; 0 shows nothing and only looks. */
  readonly port: number;
  /** Told to others as TXT: never an address, a token or a path. */
  readonly facts?: Readonly<Record<string, string>>;
  readonly onChange?: (others: readonly OtherBench[]) => void;
  readonly onTrouble?: (cause: string) => void;
  /** UDP port of mDNS, 5353 unless a test says otherwise. */
  readonly mdnsPort?: number;
}

/** `_dialbench._tcp` */
const SERVICE = 'dialbench';
const LIMIT = 50;
const RENEW_MS = 30_000;
const STOP_LIMIT_MS = 2000;

export function openBenchSight(options: BenchSightOptions): BenchSight {
  const { subnet } = options;
  // On Linux a socket bound to the card's address hears no multicast at all: bind to all, join and send by the card only.
  const settings = { port: options.mdnsPort ?? 5353, interface: subnet.address, bind: '0.0.0.0' };
  const trouble = (error: unknown): void => options.onTrouble?.(error instanceof Error ? error.message : String(error));
  const bonjour = new Bonjour(settings, trouble);
  guard(wireOf(bonjour), trouble);

  const own = options.port === 0 ? null : publish(bonjour, options);
  const browser = bonjour.find({ type: SERVICE });
  const others = (): readonly OtherBench[] =>
    browser.services
      .filter((service) => service.name !== own?.name || service.port !== own.port)
      .flatMap((service) => toOtherBench(service, subnet))
      .slice(0, LIMIT);
  const changed = (): void => options.onChange?.(others());
  for (const event of ['up', 'down', 'txt-update', 'srv-update'] as const) browser.on(event, changed);
  const renewal = setInterval(() => {
    browser.expire();
    browser.update();
  }, RENEW_MS);
  renewal.unref();

  let stopping: Promise<void> | null = null;
  return {
    others,
    stop: () => {
      clearInterval(renewal);
      stopping ??= close(bonjour, () => browser.stop());
      return stopping;
    },
  };
}

/** Publishes with the one address of the picked card; the package would tell those of every card, VPNs included. */
function publish(bonjour: Bonjour, options: BenchSightOptions): Service {
  const host = `${hostname().split('.')[0] ?? 'dialbench'}.local`;
  const name = plainText(options.name) || 'Dialbench';
  const service = bonjour.publish({ name, type: SERVICE, port: options.port, host, txt: { ...options.facts }, disableIPv6: true });
  const records = service.records.bind(service);
  service.records = () => [
    ...records().filter((record) => record.type !== 'A' && record.type !== 'AAAA'),
    { name: host, type: 'A', ttl: 120, data: options.subnet.address },
  ];
  return service;
}

/** What came from the wire, cut and checked; nothing for a bench that the picked card cannot reach. */
function toOtherBench(service: Service, subnet: Subnet): OtherBench[] {
  const addresses = [...(service.addresses ?? []), service.referer?.address ?? ''].flatMap((text) => parseIpv4(text) ?? []);
  const address = addresses.find((each) => subnetContains(subnet, each));
  const port = Number(service.port);
  if (address === undefined || !Number.isInteger(port) || port < 1 || port > 65_535) return [];
  return [{ name: plainText(String(service.name)), host: plainText(String(service.host)), address, port }];
}

/** A name of the network is foreign text: no control characters, at most the 63 bytes of a DNS label. */
function plainText(text: string): string {
  return text.replaceAll(/\p{C}/gu, '').slice(0, 63).trim();
}

/** The package handles packets outside any try: a foreign packet must never end the bench, nor a port that is taken. */
function guard(wire: EventEmitter, trouble: (error: unknown) => void): void {
  const emit = wire.emit.bind(wire);
  wire.emit = (event, ...args) => {
    try {
      return emit(event, ...args);
    } catch (error) {
      trouble(error);
      return true;
    }
  };
  wire.on('error', trouble);
}

function wireOf(bonjour: Bonjour): EventEmitter {
  return (bonjour as unknown as { readonly server: { readonly mdns: EventEmitter } }).server.mdns;
}

function close(bonjour: Bonjour, stopBrowser: () => void): Promise<void> {
  return new Promise((resolve) => {
    const limit = setTimeout(resolve, STOP_LIMIT_MS);
    stopBrowser();
    bonjour.unpublishAll(() => {
      bonjour.destroy(() => {
        clearTimeout(limit);
        resolve();
      });
    });
  });
}
