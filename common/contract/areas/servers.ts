import { oc, type } from '@orpc/contract';
import { z } from 'zod';
import type { ServersView } from '../views/servers.ts';
import { portInput, serverInput } from './inputs.ts';

const view = type<ServersView>();

/** Every method answers with the new state of all servers. */
export const servers = {
  view: oc.output(view),
  /** Picks the card that everything derives from, and starts every server that is set up; DHCP after its probe. */
  pickCard: oc.input(z.object({ name: z.string().min(1).max(64) })).output(view),
  start: oc.input(z.object({ server: serverInput })).output(view),
  stop: oc.input(z.object({ server: serverInput })).output(view),
  stopAll: oc.output(view),
  setPort: oc.input(z.object({ server: serverInput, port: portInput })).output(view),
  dhcpPolicy: oc.input(z.object({ policy: z.enum(['phones', 'enrolled', 'all']) })).output(view),
  /** Moves the automatic stop: minutes from now, null for never. */
  dhcpStopAfter: oc.input(z.object({ minutes: z.number().int().min(1).max(10_080).nullable() })).output(view),
  /** Probes again for other DHCP servers and starts when none answers. */
  dhcpCheck: oc.output(view),
  /** Gives a card without an address 10.20.0.1/24 until the bench stops. */
  giveAddress: oc.input(z.object({ name: z.string().min(1).max(64) })).output(view),
  announce: oc.input(z.object({ on: z.boolean() })).output(view),
};
