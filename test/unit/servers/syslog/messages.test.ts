import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packLines, unpackLines } from '../../../../main/servers/syslog/messages.ts';
import type { ReceivedLine } from '../../../../main/servers/syslog/needs.ts';

const line: fc.Arbitrary<ReceivedLine> = fc.record({
  at: fc.nat(),
  peer: fc.record({ address: fc.ipV4(), port: fc.integer({ min: 0, max: 65_535 }) }),
  facility: fc.integer({ min: 0, max: 23 }),
  severity: fc.integer({ min: 0, max: 7 }),
  text: fc.string(),
  host: fc.option(fc.string()),
  app: fc.option(fc.string()),
  transport: fc.constantFrom('udp' as const, 'tcp' as const),
});

it('lines cross to another thread and back unchanged', () => {
  fc.assert(fc.property(fc.array(line, { maxLength: 20 }), (lines) => { expect(unpackLines(packLines(lines))).toEqual(lines); }));
});
