import { parseArgs } from 'node:util';
import { reportLine, resultText } from './tell.ts';
import { runSoak, soakRefused } from './soak.ts';

/** `npm run soak`: real sizes, as many phones as the machine bears. Exit 0 when every phone is at its target or explained, 1 when not, 2 for wrong flags, 3 where it cannot run. */
const USAGE = 'usage: npm run soak -- [--phones 500] [--mb 31] [--seed 1] [--minutes 120]';

process.exitCode = await main();

async function main(): Promise<number> {
  const asked = readArguments();
  if (asked === null) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  const refused = await soakRefused();
  if (refused !== null) {
    process.stderr.write(`the soak cannot run here: ${refused}\n`);
    return 3;
  }
  const ended = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ended.abort());
  const result = await runSoak({ ...asked, every: 5_000, report: (now) => void process.stdout.write(`${reportLine(now)}\n`), signal: ended.signal });
  process.stdout.write(`\n${resultText(asked, result)}\n`);
  return result.complaints.length === 0 ? 0 : 1;
}

function readArguments(): { readonly phones: number; readonly megabytes: number; readonly seed: number; readonly minutes: number } | null {
  try {
    const { values } = parseArgs({ options: { phones: { type: 'string' }, mb: { type: 'string' }, seed: { type: 'string' }, minutes: { type: 'string' } } });
    const read = (text: string | undefined, otherwise: number, most: number): number => {
      const value = text === undefined ? otherwise : Number(text);
      if (!(value > 0 && value <= most)) throw new RangeError(text);
      return value;
    };
    // The loopback DHCP has 1,022 addresses.
    return {
      phones: Math.max(20, Math.round(read(values.phones, 500, 1000))), megabytes: read(values.mb, 31, 2000), seed: Math.round(read(values.seed, 1, 0xffff)), minutes: read(values.minutes, 120, 1440),
    };
  } catch {
    return null;
  }
}
