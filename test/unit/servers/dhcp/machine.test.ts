import { describe, expect, it } from 'vitest';
import { QUARANTINE_MS } from '../../../../main/servers/dhcp/machine.ts';
import { OFFER_HOLD_MS } from '../../../../main/servers/dhcp/discover.ts';
import { countUsed } from '../../../../main/servers/dhcp/bindings.ts';
import { OPTION } from '../../../../main/servers/dhcp/options/numbers.ts';
import { ip, pass, phone, scene } from '../../../support/dhcp/scene.ts';

const server = ip('10.20.0.1');

describe('a phone that looks for an address', () => {
  it('is offered one of the pool and gets it, by broadcast, whatever its flag says', () => {
    const bench = scene();
    const offer = bench.says(phone(1), 'DISCOVER');
    expect(offer.type).toBe('OFFER');
    expect(offer.address).toMatch(/^10\.20\.0\.10[0-3]$/);
    expect(offer.reply?.to).toEqual({ kind: 'broadcast' });
    const ack = bench.says(phone(1), 'REQUEST', { requested: ip(offer.address ?? ''), serverId: server });
    expect(ack).toMatchObject({ type: 'ACK', address: offer.address });
    expect(ack.reply?.to).toEqual({ kind: 'broadcast' });
  });

  it('has its lease committed before the ACK, never the other way round', () => {
    const bench = scene();
    const offer = bench.says(phone(1), 'DISCOVER');
    expect(offer.effects.some(({ kind }) => kind === 'commit')).toBe(false);
    const ack = bench.says(phone(1), 'REQUEST', { requested: ip(offer.address ?? ''), serverId: server });
    expect(ack.effects.map(({ kind }) => kind)).toEqual(['commit']);
    expect(ack.effects[0]).toMatchObject({ lease: { ip: offer.address, mac: phone(1), clientId: '', state: 'bound', expiresAt: bench.now + 600_000 } });
  });

  it('is told half and seven eighths of its lease as renewal times', () => {
    const ack = scene().says(phone(1), 'DISCOVER').reply?.packet.options;
    expect(ack?.get(OPTION.leaseTime)).toEqual(Uint8Array.of(0, 0, 2, 88));
    expect(ack?.get(OPTION.renewalTime)).toEqual(Uint8Array.of(0, 0, 1, 44));
    expect(ack?.get(OPTION.rebindingTime)).toEqual(Uint8Array.of(0, 0, 2, 13));
  });

  it('gets the same address each time, also after release, expiry and a lost record', () => {
    const bench = scene();
    const first = bench.bind(phone(1));
    expect(bench.bind(phone(1))).toBe(first);
    bench.says(phone(1), 'RELEASE', { ciaddr: first, serverId: server, unicast: true });
    expect(bench.bind(phone(1))).toBe(first);
    pass(bench, 700_000);
    expect(bench.bind(phone(1))).toBe(first);
    expect(scene().bind(phone(1))).toBe(first);
  });

  it('gets the address it asks for when that is free', () => {
    const bench = scene();
    for (const last of [100, 101, 102, 103]) {
      expect(scene().says(phone(1), 'DISCOVER', { requested: ip(`10.20.0.${last}`) }).address).toBe(`10.20.0.${last}`);
    }
    expect(bench.says(phone(1), 'DISCOVER', { requested: ip('10.20.0.7') }).address).not.toBe('10.20.0.7');
  });

  it('gets the address that was set for it, also outside the pool', () => {
    const bench = scene();
    bench.told({ fixedAddress: ip('10.20.0.50') });
    expect(bench.bind(phone(1))).toBe('10.20.0.50');
  });

  it('gets another address when the set one is somebody else’s, the bench’s own or no host’s', () => {
    const bench = scene();
    bench.told({ fixedAddress: ip('10.20.0.50') });
    bench.bind(phone(1));
    expect(bench.bind(phone(2))).toMatch(/^10\.20\.0\.10/);
    for (const wrong of ['10.20.0.1', '10.20.0.0', '10.20.0.255', '10.99.0.5']) {
      bench.told({ fixedAddress: ip(wrong) });
      expect(bench.bind(phone(3))).toMatch(/^10\.20\.0\.10/);
    }
  });

  it('may ask for a shorter lease, not for a longer or absurdly short one', () => {
    const seconds = (asked: number): number => {
      const bytes = scene().says(phone(1), 'DISCOVER', { leaseSeconds: asked }).reply?.packet.options.get(OPTION.leaseTime);
      return bytes ? new DataView(bytes.buffer).getUint32(0) : -1;
    };
    expect([seconds(300), seconds(86_400), seconds(0xffffffff), seconds(1)]).toEqual([300, 600, 600, 120]);
  });
});

describe('the pool', () => {
  it('never gives one address to two phones, and is silent when it is full', () => {
    const bench = scene();
    const given = [1, 2, 3, 4].map((number) => bench.bind(phone(number)));
    expect(new Set(given).size).toBe(4);
    expect(bench.says(phone(5), 'DISCOVER')).toMatchObject({ reply: null, silence: 'dhcp.pool-full' });
    expect(bench.bind(phone(1))).toBe(given[0]);
  });

  it('gives again what was released or has expired, longest gone first', () => {
    const bench = scene();
    const given = [1, 2, 3, 4].map((number) => bench.bind(phone(number)));
    expect(bench.bind(phone(5))).toBeNull();
    bench.says(phone(3), 'RELEASE', { ciaddr: given[2] ?? null, serverId: server, unicast: true });
    expect(bench.bind(phone(5))).toBe(given[2]);
    pass(bench, 601_000);
    expect(bench.bind(phone(6))).not.toBeNull();
  });

  it('holds an offer for a while, then forgets it', () => {
    const bench = scene({ pool: { from: ip('10.20.0.100'), to: ip('10.20.0.100') } });
    expect(bench.says(phone(1), 'DISCOVER').type).toBe('OFFER');
    expect(bench.says(phone(2), 'DISCOVER').silence).toBe('dhcp.pool-full');
    pass(bench, OFFER_HOLD_MS);
    expect(bench.says(phone(2), 'DISCOVER').type).toBe('OFFER');
  });

  it('passes over the bench’s own address and the ends of the subnet', () => {
    const bench = scene({ subnet: { address: ip('10.20.0.1'), prefix: 30 }, pool: { from: ip('10.20.0.0'), to: ip('10.20.0.3') } });
    expect(bench.bind(phone(1))).toBe('10.20.0.2');
    expect(bench.bind(phone(2))).toBeNull();
  });

  it('counts what is bound or set aside, not what is offered', () => {
    const bench = scene();
    bench.says(phone(1), 'DISCOVER');
    expect(countUsed(bench.state.bindings, bench.clock)).toBe(0);
    bench.bind(phone(1));
    expect(countUsed(bench.state.bindings, bench.clock)).toBe(1);
  });

  it('serves 60 phones with 64 addresses, each its own', () => {
    const bench = scene({ pool: { from: ip('10.20.0.100'), to: ip('10.20.0.163') } });
    const given = Array.from({ length: 60 }, (_, index) => bench.bind(phone(index)));
    expect(new Set(given).size).toBe(60);
    expect(given.includes(null)).toBe(false);
  });
});

describe('who a client is', () => {
  it('is told apart by option 61 where two phones carry the same MAC', () => {
    const bench = scene();
    expect(bench.bind(phone(1), 'aa01')).not.toBe(bench.bind(phone(1), 'aa02'));
  });

  it('is told apart by MAC where two phones carry the same option 61', () => {
    const bench = scene();
    expect(bench.bind(phone(1), 'aa01')).not.toBe(bench.bind(phone(2), 'aa01'));
  });

  it('stays the same when a load sends the usual client identifier and the boot loader none', () => {
    const bench = scene();
    expect(bench.bind(phone(1), `01${phone(1)}`)).toBe(bench.bind(phone(1)));
  });
});

describe('another server', () => {
  it('is left its REQUESTs: nothing is sent, the offer is withdrawn, the rival is named', () => {
    const bench = scene({ pool: { from: ip('10.20.0.100'), to: ip('10.20.0.100') } });
    bench.says(phone(1), 'DISCOVER');
    const other = bench.says(phone(1), 'REQUEST', { requested: ip('10.20.0.7'), serverId: ip('10.20.0.254') });
    expect(other).toMatchObject({ reply: null, silence: 'dhcp.other-server' });
    expect(other.effects).toContainEqual({ kind: 'rival', server: '10.20.0.254' });
    expect(bench.says(phone(2), 'DISCOVER').type).toBe('OFFER');
  });

  it('is noticed from strangers too, without a word about them', () => {
    const bench = scene();
    bench.decide({ answer: false, code: 'dhcp.stranger' });
    const other = bench.says(phone(1), 'REQUEST', { requested: ip('10.20.0.7'), serverId: ip('10.20.0.254') });
    expect(other.effects).toEqual([{ kind: 'rival', server: '10.20.0.254' }]);
  });

  it('behind a relay is no rival on this wire', () => {
    const other = scene().says(phone(1), 'REQUEST', { requested: ip('10.20.0.7'), serverId: ip('10.9.9.9'), relay: ip('10.20.0.2') });
    expect(other.effects.some(({ kind }) => kind === 'rival')).toBe(false);
    expect(other.reply).toBeNull();
  });
});

describe('a phone that comes back with an address', () => {
  it('is acknowledged after a reboot (no server id, option 50)', () => {
    const bench = scene();
    const address = bench.bind(phone(1));
    expect(bench.says(phone(1), 'REQUEST', { requested: address })).toMatchObject({ type: 'ACK', address });
  });

  it('is renewed to its own address by unicast, and the lease counts anew', () => {
    const bench = scene();
    const address = bench.bind(phone(1));
    pass(bench, 300_000);
    const ack = bench.says(phone(1), 'REQUEST', { ciaddr: address, unicast: true });
    expect(ack).toMatchObject({ type: 'ACK', address });
    expect(ack.reply?.to).toEqual({ kind: 'unicast', address });
    expect(ack.reply?.observation?.detail).toMatchObject({ phase: 'renewing' });
    expect(ack.effects[0]).toMatchObject({ kind: 'commit', lease: { expiresAt: bench.now + 600_000 } });
  });

  it('is rebound by broadcast', () => {
    const bench = scene();
    const address = bench.bind(phone(1));
    pass(bench, 540_000);
    expect(bench.says(phone(1), 'REQUEST', { ciaddr: address })).toMatchObject({ type: 'ACK', address });
  });

  it('gets its lease back although the record is lost, as long as nobody else has the address', () => {
    expect(scene().says(phone(1), 'REQUEST', { ciaddr: ip('10.20.0.102') })).toMatchObject({ type: 'ACK', address: '10.20.0.102' });
    expect(scene().says(phone(1), 'REQUEST', { requested: ip('10.20.0.102') })).toMatchObject({ type: 'ACK', address: '10.20.0.102' });
  });

  it('is refused what another phone holds, what lies outside the pool and what is not its own', () => {
    const bench = scene();
    const taken = bench.bind(phone(1));
    const refused = bench.says(phone(2), 'REQUEST', { requested: taken });
    expect(refused).toMatchObject({ type: 'NAK', address: '0.0.0.0' });
    expect(refused.reply?.to).toEqual({ kind: 'broadcast' });
    expect(bench.says(phone(2), 'REQUEST', { requested: ip('10.20.0.7') }).type).toBe('NAK');
    const other = ['10.20.0.100', '10.20.0.101'].find((address) => address !== taken) ?? '';
    expect(bench.says(phone(1), 'REQUEST', { requested: ip(other) }).type).toBe('NAK');
  });

  it('is refused by broadcast even when it asked by unicast: its address is what it must not use', () => {
    const nak = scene().says(phone(2), 'REQUEST', { ciaddr: ip('10.20.0.7'), unicast: true });
    expect(nak).toMatchObject({ type: 'NAK', reply: { to: { kind: 'broadcast' }, packet: { ciaddr: '0.0.0.0' } } });
  });

  it('is passed over in silence when its address is of another network', () => {
    const bench = scene();
    for (const message of [{ requested: ip('192.168.1.50') }, { ciaddr: ip('192.168.1.50') }, { ciaddr: ip('192.168.1.50'), unicast: true }]) {
      expect(bench.says(phone(1), 'REQUEST', message)).toMatchObject({ reply: null, silence: 'dhcp.foreign-subnet' });
    }
  });

  it('is sent back to DISCOVER when an address was set for it meanwhile, and then gets that', () => {
    const bench = scene();
    const address = bench.bind(phone(1));
    bench.told({ fixedAddress: ip('10.20.0.50') });
    expect(bench.says(phone(1), 'REQUEST', { ciaddr: address, unicast: true }).type).toBe('NAK');
    expect(bench.bind(phone(1))).toBe('10.20.0.50');
  });

  it('lets go of its former address, for the record too', () => {
    const bench = scene();
    const address = bench.bind(phone(1));
    bench.told({ fixedAddress: ip('10.20.0.50') });
    const offer = bench.says(phone(1), 'DISCOVER');
    expect(offer.effects).toContainEqual(expect.objectContaining({ kind: 'commit', lease: expect.objectContaining({ ip: address, state: 'released' }), then: null }));
  });

  it('is not answered when it asks for nothing', () => {
    expect(scene().says(phone(1), 'REQUEST').reply).toBeNull();
  });
});

describe('DECLINE, RELEASE and INFORM', () => {
  it('sets a declined address aside for an hour, then gives it again', () => {
    const bench = scene({ pool: { from: ip('10.20.0.100'), to: ip('10.20.0.100') } });
    const address = bench.bind(phone(1));
    const declined = bench.says(phone(1), 'DECLINE', { requested: address, serverId: server });
    expect(declined.effects[0]).toMatchObject({ kind: 'commit', lease: { ip: address, mac: null, state: 'declined' } });
    expect(declined.reply).toBeNull();
    expect(bench.says(phone(1), 'DISCOVER').silence).toBe('dhcp.pool-full');
    pass(bench, QUARANTINE_MS);
    expect(bench.bind(phone(1))).toBe(address);
  });

  it('believes a DECLINE or RELEASE only from the holder', () => {
    const bench = scene();
    const address = bench.bind(phone(1));
    expect(bench.says(phone(2), 'DECLINE', { requested: address, serverId: server }).silence).toBe('dhcp.not-its-address');
    expect(bench.says(phone(2), 'RELEASE', { ciaddr: address, serverId: server }).silence).toBe('dhcp.not-its-address');
    expect(bench.says(phone(1), 'REQUEST', { requested: address }).type).toBe('ACK');
  });

  it('answers INFORM with options to the asker’s own address, without a lease', () => {
    const bench = scene();
    bench.told({ tftpName: '10.20.0.1' });
    const ack = bench.says(phone(1), 'INFORM', { ciaddr: ip('10.20.0.9') });
    expect(ack).toMatchObject({ type: 'ACK', address: '0.0.0.0' });
    expect(ack.reply?.to).toEqual({ kind: 'unicast', address: '10.20.0.9' });
    expect(ack.reply?.packet.options.has(OPTION.leaseTime)).toBe(false);
    expect(ack.reply?.packet.options.has(OPTION.renewalTime)).toBe(false);
    expect(ack.reply?.packet.options.has(OPTION.tftpName)).toBe(true);
    expect(ack.effects.some(({ kind }) => kind === 'commit')).toBe(false);
    expect(bench.says(phone(1), 'INFORM', { ciaddr: ip('10.9.0.9') }).reply).toBeNull();
  });
});

describe('a stranger', () => {
  it('gets nothing at all, and is shown with the reason', () => {
    const bench = scene();
    bench.decide({ answer: false, code: 'dhcp.stranger' });
    const messages = [{ type: 'DISCOVER' }, { type: 'REQUEST', requested: ip('10.20.0.100') }, { type: 'INFORM', ciaddr: ip('10.20.0.9') }] as const;
    for (const { type, ...fields } of messages) {
      const said = bench.says(phone(1), type, fields);
      expect(said.reply).toBeNull();
      expect(said.effects).toMatchObject([{ kind: 'stranger', observation: { outcome: { kind: 'ignored', code: 'dhcp.stranger' }, facts: { chaddr: phone(1) } } }]);
    }
  });
});

describe('relays', () => {
  it('are answered at their own address, port 67, with their option 82 as it came', () => {
    const bench = scene();
    const relayInfo = Uint8Array.of(1, 2, 0x41, 0x42);
    const offer = bench.says(phone(1), 'DISCOVER', { relay: ip('10.20.0.2'), relayInfo });
    expect(offer.reply?.to).toEqual({ kind: 'relay', address: '10.20.0.2' });
    expect(offer.reply?.packet).toMatchObject({ giaddr: '10.20.0.2' });
    expect(offer.reply?.packet.options.get(OPTION.relayAgent)).toEqual(relayInfo);
    expect([...(offer.reply?.packet.options.keys() ?? [])].at(-1)).toBe(OPTION.relayAgent);
  });

  it('of another network are passed over, unless link selection names ours', () => {
    const bench = scene();
    expect(bench.says(phone(1), 'DISCOVER', { relay: ip('10.9.0.2') })).toMatchObject({ reply: null, silence: 'dhcp.foreign-subnet' });
    const offer = bench.says(phone(1), 'DISCOVER', { relay: ip('10.9.0.2'), linkSelection: ip('10.20.0.2') });
    expect(offer.reply?.to).toEqual({ kind: 'relay', address: '10.9.0.2' });
  });

  it('that override the server identifier are taken at their word, both ways', () => {
    const bench = scene();
    const over = { relay: ip('10.20.0.2'), serverIdOverride: ip('10.20.0.2') };
    const offer = bench.says(phone(1), 'DISCOVER', over);
    expect(offer.reply?.packet.options.get(OPTION.serverId)).toEqual(Uint8Array.of(10, 20, 0, 2));
    expect(bench.says(phone(1), 'REQUEST', { ...over, requested: ip(offer.address ?? ''), serverId: ip('10.20.0.2') }).type).toBe('ACK');
  });

  it('pass a NAK on by broadcast', () => {
    const nak = scene().says(phone(1), 'REQUEST', { requested: ip('10.20.0.7'), relay: ip('10.20.0.2') });
    expect(nak.reply).toMatchObject({ to: { kind: 'relay' }, packet: { broadcast: true } });
  });
});

describe('the clock', () => {
  it('set back an hour makes no lease immortal, set forward a year ends none', () => {
    const bench = scene();
    const address = bench.bind(phone(1));
    bench.now += 365 * 86_400_000;
    expect(bench.says(phone(2), 'REQUEST', { requested: address }).type).toBe('NAK');
    bench.now -= 366 * 86_400_000;
    expect(bench.says(phone(2), 'REQUEST', { requested: address }).type).toBe('NAK');
    pass(bench, 601_000);
    expect(bench.says(phone(2), 'REQUEST', { requested: address }).type).toBe('ACK');
  });
});

describe('a restart', () => {
  it('keeps every lease, release and quarantine', () => {
    const before = scene();
    const kept = [1, 2].map((number) => before.bind(phone(number)));
    const after = scene({}, [
      { ip: ip(kept[0] ?? ''), mac: phone(1), clientId: '', expiresAt: before.now + 100_000, state: 'bound' },
      { ip: ip(kept[1] ?? ''), mac: phone(2), clientId: `01${phone(2)}`, expiresAt: before.now - 5, state: 'released' },
      { ip: ip('10.20.0.103'), mac: null, clientId: '', expiresAt: before.now + 3_000_000, state: 'declined' },
      { ip: ip('192.168.1.4'), mac: phone(9), clientId: '', expiresAt: before.now + 100_000, state: 'bound' },
    ]);
    expect(after.says(phone(1), 'REQUEST', { ciaddr: kept[0] ?? null, unicast: true }).type).toBe('ACK');
    expect(after.says(phone(2), 'DISCOVER').address).toBe(kept[1]);
    expect(after.says(phone(3), 'REQUEST', { requested: ip('10.20.0.103') }).type).toBe('NAK');
  });

  it('with leases of a clock that ran years ahead lets them end within a day', () => {
    const far = { ip: ip('10.20.0.100'), mac: phone(1), clientId: '', expiresAt: 1_900_000_000_000, state: 'bound' } as const;
    const bench = scene({ pool: { from: ip('10.20.0.100'), to: ip('10.20.0.100') } }, [far]);
    expect(bench.bind(phone(2))).toBeNull();
    pass(bench, 86_400_000);
    expect(bench.bind(phone(2))).toBe('10.20.0.100');
  });
});

describe('a lease that the store refused', () => {
  it('is free again', () => {
    const bench = scene({ pool: { from: ip('10.20.0.100'), to: ip('10.20.0.100') } });
    bench.bind(phone(1));
    bench.step({ kind: 'not-kept', ip: ip('10.20.0.100') });
    expect(bench.bind(phone(2))).toBe('10.20.0.100');
  });
});

describe('on a machine with several cards', () => {
  it('a DISCOVER is evidence only once its client takes our offer', () => {
    const bench = scene({ cardProved: false });
    const offer = bench.says(phone(1), 'DISCOVER');
    expect(offer.reply?.observation).toBeNull();
    expect(offer.effects.some(({ kind }) => kind === 'observe')).toBe(false);
    const heardAt = bench.now;
    bench.now += 50;
    const ack = bench.says(phone(1), 'REQUEST', { requested: ip(offer.address ?? ''), serverId: server });
    expect(ack.effects.map(({ kind }) => kind)).toEqual(['observe', 'commit']);
    expect(ack.effects[0]).toMatchObject({ observation: { at: heardAt, asked: 'DISCOVER', outcome: { kind: 'answered', answer: 'OFFER' } } });
  });

  it('an offer that nobody took is told as such, not as an answer', () => {
    const bench = scene({ cardProved: false });
    bench.says(phone(1), 'DISCOVER');
    bench.now += OFFER_HOLD_MS;
    expect(bench.step({ kind: 'tick' })).toMatchObject([{ kind: 'observe', observation: { outcome: { kind: 'ignored', code: 'dhcp.offer-not-taken' } } }]);
  });
});
