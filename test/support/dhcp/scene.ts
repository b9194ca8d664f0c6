import { parseIpv4, type Ipv4 } from '../../../common/values/ip.ts';
import { parseMac, type Mac } from '../../../common/values/mac.ts';
import type { LeaseConfig } from '../../../main/servers/dhcp/bindings.ts';
import { advance, beginClock, type Instant } from '../../../main/servers/dhcp/clock.ts';
import { beginLeases, stepLeases, type LeaseEvent } from '../../../main/servers/dhcp/machine.ts';
import type { ClientMessage, ClientMessageType } from '../../../main/servers/dhcp/message.ts';
import { MESSAGE_TYPES, OPTION } from '../../../main/servers/dhcp/options/numbers.ts';
import type { DhcpDecision, DhcpReplyOptions, Lease } from '../../../main/servers/dhcp/needs.ts';
import type { LeaseEffect, LeaseState, Reply } from '../../../main/servers/dhcp/turn.ts';

/** An address that is right by the looks of the test. */
export function ip(text: string): Ipv4 {
  const address = parseIpv4(text);
  if (address === null) throw new Error(`${text} is no address`);
  return address;
}

export function mac(text: string): Mac {
  const address = parseMac(text);
  if (address === null) throw new Error(`${text} is no MAC`);
  return address;
}

/** The same MAC for the same number. */
export function phone(number: number): Mac {
  return mac(`00562b${number.toString(16).padStart(6, '0')}`);
}

export interface Said {
  readonly effects: readonly LeaseEffect[];
  /** The reply that goes out, at once or after its lease is kept; null for silence. */
  readonly reply: Reply | null;
  readonly type: string | null;
  readonly address: string | null;
  /** Code of the reason of silence. */
  readonly silence: string | null;
}

export interface Scene {
  now: number;
  readonly state: LeaseState;
  readonly clock: Instant;
  /** What the application answers from now on. */
  decide(decision: DhcpDecision): void;
  told(options: DhcpReplyOptions): void;
  says(chaddr: Mac, type: ClientMessageType, message?: Partial<ClientMessage> & { clientId?: string; unicast?: boolean }): Said;
  step(event: LeaseEvent): readonly LeaseEffect[];
  /** DISCOVER, then REQUEST of what was offered. @returns the address, null when none was given. */
  bind(chaddr: Mac, clientId?: string): Ipv4 | null;
}

/** A lease machine with a clock that the test moves: 10.20.0.1/24, pool .100 to .103, ten minutes. */
export function scene(change: Partial<LeaseConfig> = {}, leases: readonly Lease[] = []): Scene {
  const config: LeaseConfig = {
    subnet: { address: ip('10.20.0.1'), prefix: 24 },
    pool: { from: ip('10.20.0.100'), to: ip('10.20.0.103') },
    leaseSeconds: 600,
    cardProved: true,
    ...change,
  };
  let clock = beginClock(1_700_000_000_000);
  let state = beginLeases(config, leases, clock);
  let decision: DhcpDecision = { answer: true, options: {} };
  const step = (event: LeaseEvent): readonly LeaseEffect[] => {
    clock = advance(clock, now.now);
    const next = stepLeases(state, event, clock);
    state = next.state;
    return next.effects;
  };
  const now: Scene = {
    now: clock.wall,
    get state() {
      return state;
    },
    get clock() {
      return clock;
    },
    decide(next) {
      decision = next;
    },
    told(options) {
      decision = { answer: true, options };
    },
    step,
    says(chaddr, type, { clientId = '', unicast = false, ...fields } = {}) {
      const message = messageOf(chaddr, type, clientId, fields);
      const effects = step({ kind: 'message', message, decision, unicast, peer: { address: '0.0.0.0', port: 68 } });
      return readSaid(effects);
    },
    bind(chaddr, clientId = '') {
      const offer = now.says(chaddr, 'DISCOVER', { clientId });
      const requested = offer.reply?.packet.yiaddr ?? null;
      const ack = now.says(chaddr, 'REQUEST', { clientId, requested, serverId: config.subnet.address });
      return ack.type === 'ACK' ? (ack.reply?.packet.yiaddr ?? null) : null;
    },
  };
  return now;
}

/** Moves the scene's clock in steps that the server would see. */
export function pass(scene: Scene, ms: number): void {
  const until = scene.now + ms;
  while (scene.now < until) {
    scene.now = Math.min(until, scene.now + 30_000);
    scene.step({ kind: 'tick' });
  }
}

export function messageOf(chaddr: Mac, type: ClientMessageType, clientId = '', fields: Partial<ClientMessage> = {}): ClientMessage {
  const relay = fields.relay ?? null;
  return {
    type,
    client: {
      chaddr,
      clientId,
      vendorClass: 'Cisco Systems, Inc. IP Phone CP-8841-3PCC',
      hostName: '',
      userClass: '',
      enterprises: [],
      asksFor: null,
      relay,
    },
    xid: 7,
    broadcast: false,
    ciaddr: null,
    relay,
    requested: null,
    serverId: null,
    clientIdBytes: clientId === '' ? null : Buffer.from(clientId, 'hex'),
    leaseSeconds: null,
    replyLimit: 548,
    relayInfo: null,
    linkSelection: null,
    serverIdOverride: null,
    ...fields,
  };
}

function readSaid(effects: readonly LeaseEffect[]): Said {
  const replies = effects.flatMap((effect) => (effect.kind === 'reply' ? [effect.reply] : effect.kind === 'commit' && effect.then ? [effect.then] : []));
  const reply = replies[0] ?? null;
  const silent = effects.flatMap((effect) =>
    (effect.kind === 'observe' || effect.kind === 'stranger') && effect.observation.outcome.kind === 'ignored' ? [effect.observation.outcome.code] : [],
  );
  const type = reply?.packet.options.get(OPTION.messageType)?.[0] ?? 0;
  return {
    effects,
    reply,
    type: MESSAGE_TYPES[type - 1] ?? null,
    address: reply?.packet.yiaddr ?? null,
    silence: silent[0] ?? null,
  };
}
