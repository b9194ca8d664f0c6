import { describe, expect, it } from 'vitest';
import { runSoak, soakRefused } from './soak.ts';
import { reportLine, resultText } from './tell.ts';

const refused = await soakRefused();
if (refused !== null) console.warn(`skipped: the soak, ${refused}`);

const ASKED = { phones: 500, megabytes: 2, seed: 20, minutes: 10 };
/** Growth over the bench at rest. It is run from its sources here, which costs memory that the built program does not need. */
const MOST_GROWTH = 400e6;

describe.skipIf(refused !== null)('five hundred virtual phones through two hops, with faults, a pause, a kill -9 and a damaged load', () => {
  it('end at their target or explained, with whole files, whole evidence and bounded memory', async () => {
    const result = await runSoak({ ...ASKED, every: 10_000, report: (now) => console.info(reportLine(now)) });
    console.info(resultText(ASKED, result));
    expect(result.complaints).toEqual([]);
    expect(result.ends).toHaveLength(ASKED.phones);
    expect((result.peak ?? 0) - (result.atRest ?? 0)).toBeLessThan(MOST_GROWTH);
  }, 780_000);
});
