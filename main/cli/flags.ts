import { parseArgs, type ParseArgsConfig } from 'node:util';
import { parseMac, type Mac } from '../../common/values/mac.ts';
import { wrongUsage } from './exit.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

export interface Flags {
  text(name: string): string | undefined;
  is(name: string): boolean;
  /** Every value of a flag that may be given several times. */
  list(name: string): readonly string[];
  readonly words: readonly string[];
}

/** Reads the flags of one command; an unknown flag or a missing value is exit 2 with Node's own sentence. */
export function readFlags(args: readonly string[], options: Options): Flags {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
    return {
      text: (name) => (typeof values[name] === 'string' ? values[name] : undefined),
      is: (name) => values[name] === true,
      list: (name) => [values[name]].flat().filter((value) => typeof value === 'string'),
      words: positionals,
    };
  } catch (error) {
    throw wrongUsage(error instanceof Error ? error.message : String(error));
  }
}

/** A UDP or TCP port, 0–65535; 0 means any free one. */
export function readPort(flag: string, text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port >= 0 && port <= 65_535) return port;
  throw wrongUsage(`--${flag} takes a port from 0 to 65535, not ${JSON.stringify(text)}.`);
}

/** A MAC in any usual spelling. */
export function readMac(text: string): Mac {
  const mac = parseMac(text);
  if (mac) return mac;
  throw wrongUsage(`${text} is not a MAC address.`);
}
