import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ipv4FromNumber } from '../../../common/values/ip.ts';
import { decodePacket, encodePacket, type DhcpPacket } from '../../../main/servers/dhcp/codec.ts';
import { readClientMessage } from '../../../main/servers/dhcp/message.ts';
import { OPTION } from '../../../main/servers/dhcp/options/numbers.ts';
import { dhclientDiscover, relayedRequest, udhcpcRequest } from '../../wire/dhcp/packets.ts';
import { scene } from '../../support/dhcp/scene.ts';

const address = fc.nat(0xffffffff).map((value) => ipv4FromNumber(value));
const text = (bytes: number) => fc.string({ unit: fc.constantFrom(...'abcXYZ019./-:$'), maxLength: bytes });
const option = fc.tuple(
  fc.integer({ min: 1, max: 254 }).filter((code) => code !== OPTION.overload),
  fc.uint8Array({ maxLength: 400 }),
);

const packet: fc.Arbitrary<DhcpPacket> = fc.record({
  op: fc.nat(255),
  htype: fc.nat(255),
  hops: fc.nat(255),
  xid: fc.nat(0xffffffff),
  secs: fc.nat(0xffff),
  broadcast: fc.boolean(),
  ciaddr: address,
  yiaddr: address,
  siaddr: address,
  giaddr: address,
  chaddr: fc.uint8Array({ maxLength: 16 }),
  sname: text(63),
  file: text(127),
  options: fc.uniqueArray(option, { maxLength: 12, selector: ([code]) => code }).map((options) => new Map(options)),
});

/** Bytes that are nearly a packet: a real one, changed here and there. */
const damaged = fc
  .tuple(
    fc.constantFrom(dhclientDiscover, relayedRequest, udhcpcRequest),
    fc.array(fc.tuple(fc.nat(340), fc.nat(255)), { maxLength: 20 }),
    fc.nat(400),
  )
  .map(([{ hex }, changes, length]) => {
    const bytes = Buffer.from(hex, 'hex').subarray(0, length < 240 ? undefined : length);
    for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
    return new Uint8Array(bytes);
  });

describe('the DHCP codec', () => {
  it('gives a packet or a failure for any bytes, and so does the reader of messages', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 700 }), damaged), (bytes) => {
        const result = decodePacket(bytes);
        if (result.ok) readClientMessage(result.value);
        else expect(result.failure.code).toBe('dhcp.bad-packet');
      }),
      { numRuns: 3000 },
    );
  });

  it('keeps nothing of the buffer that it read', () => {
    fc.assert(
      fc.property(packet, (original) => {
        // As it comes from a socket: a Buffer, whose `slice` shares memory.
        const bytes = Buffer.from(encodePacket(original, 4000).bytes);
        const result = decodePacket(bytes);
        const before = JSON.stringify(result, spread);
        bytes.fill(0xee);
        expect(JSON.stringify(result, spread)).toBe(before);
      }),
      { numRuns: 200 },
    );
  });

  it('reads what it wrote: every field, every option that had room, long ones joined again', () => {
    fc.assert(
      fc.property(packet, fc.integer({ min: 548, max: 4000 }), (original, limit) => {
        const { bytes, left } = encodePacket(original, limit);
        expect(bytes.length).toBeGreaterThanOrEqual(300);
        expect(bytes.length).toBeLessThanOrEqual(limit);
        const result = decodePacket(bytes);
        if (!result.ok) throw new Error(result.failure.cause);
        const { options, ...fields } = original;
        const { options: readOptions, ...readFields } = result.value;
        expect(readFields).toEqual(fields);
        const expected = new Map([...options].filter(([code]) => !left.includes(code)));
        expect(new Map([...readOptions].toSorted())).toEqual(new Map([...expected].toSorted()));
      }),
      { numRuns: 500 },
    );
  });

  it('leaves nothing out as long as it fits', () => {
    fc.assert(
      fc.property(packet, (original) => {
        expect(encodePacket(original, 8000).left).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

describe('the lease machine', () => {
  it('survives any readable packet, never leaves its pool, and never gives one address twice', () => {
    const size = fc.array(fc.oneof({ weight: 3, arbitrary: damaged }, { weight: 1, arbitrary: packet.map((one) => encodePacket(one).bytes) }), { maxLength: 60 });
    fc.assert(
      fc.property(size, (datagrams) => {
        const bench = scene();
        const holders = new Map<string, string>();
        for (const bytes of datagrams) {
          const read = decodePacket(bytes);
          const message = read.ok ? readClientMessage(read.value) : read;
          if (!message.ok) continue;
          bench.now += 10;
          const effects = bench.step({ kind: 'message', message: message.value, decision: { answer: true, options: {} }, peer: { address: '0.0.0.0', port: 68 }, unicast: false });
          for (const effect of effects) {
            if (effect.kind !== 'commit' || effect.lease.state !== 'bound') continue;
            expect(effect.lease.ip).toMatch(/^10\.20\.0\.10[0-3]$/);
            const holder = `${effect.lease.mac}/${effect.lease.clientId}`;
            // In so short a time nothing expires, so an address changes hands only by RELEASE, which `damaged` does not make.
            expect(holders.get(effect.lease.ip) ?? holder).toBe(holder);
            holders.set(effect.lease.ip, holder);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

function spread(_key: string, value: unknown): unknown {
  if (value instanceof Map) return [...value];
  return value instanceof Uint8Array ? [...value] : value;
}
