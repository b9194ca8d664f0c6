import { afterEach, describe, expect, it } from 'vitest';
import type { Ipv4 } from '../../../common/values/ip.ts';
import type { Observation } from '../../../common/values/observation.ts';
import type { DhcpNeeds, DhcpReplyOptions, Lease } from '../../../main/servers/dhcp/needs.ts';
import { createDhcpServer } from '../../../main/servers/dhcp/server.ts';
import { startFleet } from '../../../main/simulator/fleet.ts';
import type { Fleet } from '../../../main/simulator/fleet.ts';
import { profileOf, startTinyBench } from '../../support/simulator/tiny-bench.ts';

const HERE = '127.0.0.1' as Ipv4;
const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

interface Wire {
  readonly fleet: Fleet;
  readonly leases: Map<string, Lease>;
  readonly seen: Observation[];
}

/** The bench's own DHCP server over loopback, and a fleet that is plugged into it. */
async function wire(count: number, answer: (tftp: number) => DhcpReplyOptions | null): Promise<Wire> {
  const tiny = await startTinyBench({ tftp: () => profileOf({ GPP_A: '1' }) });
  stops.push(() => tiny.stop());
  const leases = new Map<string, Lease>();
  const seen: Observation[] = [];
  const needs: DhcpNeeds = {
    decide: () => {
      const options = answer(tiny.tftp.port);
      return options ? { answer: true, options } : { answer: false, code: 'dhcp.not-enrolled' };
    },
    leases: async () => [],
    commit: async (lease) => void leases.set(lease.ip, lease),
    observe: (observation) => void seen.push(observation),
    changed: () => undefined,
  };
  const server = createDhcpServer(
    {
      card: { name: 'lo', subnet: { address: HERE, prefix: 8 } },
      port: 0, clientPort: 68, pool: { from: '127.20.1.1' as Ipv4, to: '127.20.3.250' as Ipv4 },
      leaseSeconds: 600, transport: 'loopback', stopAfterMs: null,
    },
    needs,
    Date.now,
  );
  const status = await server.start();
  stops.push(() => server.stop());
  const fleet = startFleet({
    count, source: 'dhcp', pace: 100, staggerMs: 0, seed: 21,
    server: { ...tiny.phone().server, address: (status.address ?? HERE) as Ipv4, dhcpPort: status.port },
  });
  stops.push(() => fleet.stop());
  await fleet.finished;
  return { fleet, leases, seen };
}

describe('virtual phones and the DHCP server of the bench', () => {
  it('fifty at once each get an address of their own, the server of option 66 and its profile', async () => {
    const { fleet, leases, seen } = await wire(50, (tftp) => ({ tftpName: `tftp://127.0.0.1:${tftp}/` }));
    const states = fleet.phones.map((phone) => phone.state());
    expect(states.map((state) => state.reaction)).toEqual(states.map(() => 'A'));
    expect(new Set(states.map((state) => state.ip)).size).toBe(50);
    for (const state of states) expect(leases.get(state.ip ?? '')).toMatchObject({ mac: state.mac, state: 'bound' });
    const discover = seen.find((observation) => observation.asked === 'DISCOVER');
    expect(discover?.facts.vendorClass).toContain('Cisco Systems, Inc. IP Phone CP-');
  });

  it('a phone that the bench does not answer stays without address', async () => {
    const { fleet, leases } = await wire(1, () => null);
    expect(fleet.phones[0]?.state()).toMatchObject({ phase: 'no-address', ip: null });
    expect(leases.size).toBe(0);
  });
});
