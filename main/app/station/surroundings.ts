import type { OtherBench } from '../../../common/contract/views/servers.ts';
import { done, failed, type Result } from '../../../common/values/failure.ts';
import { isLoopback, type Ipv4, type Subnet } from '../../../common/values/ip.ts';
import type { Mac } from '../../../common/values/mac.ts';
import { openBenchSight, type BenchSight } from '../../discovery/bonjour.ts';
import { giveAddress, type GivenAddress } from '../../discovery/give-address.ts';
import { readNeighbours } from '../../discovery/neighbours.ts';
import type { Station } from './station.ts';

/** What lies around the bench on its card: neighbours by address, other benches, an address that was lent to a card. */
export interface Surroundings {
  /** Begins to look at the cards and neighbours every 2 s. */
  watch(): void;
  neighbour(address: string): Mac | null;
  otherBenches(): readonly OtherBench[];
  announced(): boolean;
  announce(on: boolean): Promise<Result<void>>;
  giveAddress(card: string): Promise<Result<void>>;
  stop(): Promise<void>;
}

export interface SurroundingsNeeds {
  /** Asked late: the station is built after what it needs. */
  station(): Station;
  readonly name: string;
  /** The demo touches no network. */
  readonly demo: boolean;
  changed(): void;
}

const LOOK_MS = 2000;

export function createSurroundings({ station, name, demo, changed }: SurroundingsNeeds): Surroundings {
  let neighbours: ReadonlyMap<Ipv4, Mac> = new Map();
  let sight: BenchSight | null = null;
  let given: GivenAddress | null = null;
  let timer: NodeJS.Timeout | null = null;

  return {
    watch: () => {
      timer = setInterval(() => void look(), LOOK_MS);
      timer.unref();
    },
    neighbour: (address) => neighbours.get(address as Ipv4) ?? null,
    otherBenches: () => sight?.others() ?? [],
    announced: () => sight !== null,
    announce: async (on) => {
      if (demo) return failed('demo.no-card');
      await sight?.stop();
      sight = null;
      if (on) {
        const subnet = pickedSubnet(station());
        if (!subnet) return failed('dhcp.no-card');
        const http = station().statuses().find((server) => server.name === 'http');
        sight = openBenchSight({ subnet, name, port: http?.port ?? 0, onChange: changed });
      }
      changed();
      return done(undefined);
    },
    giveAddress: async (card) => {
      if (demo) return failed('demo.no-card');
      await given?.takeBack();
      given = null;
      const result = await giveAddress(card);
      if (!result.ok) return result;
      given = result.value;
      return station().pickCard(card);
    },
    stop: async () => {
      if (timer) clearInterval(timer);
      await Promise.all([sight?.stop(), given?.takeBack()]);
    },
  };

  /** Loopback has neither neighbours nor cables. */
  async function look(): Promise<void> {
    if (isLoopback(station().address())) return;
    neighbours = await readNeighbours().catch(() => neighbours);
    await station().refreshCards();
  }
}

function pickedSubnet(station: Station): Subnet | null {
  const card = station.cards().find((candidate) => candidate.name === station.picked());
  return card && card.prefix !== null ? { address: station.address(), prefix: card.prefix } : null;
}
