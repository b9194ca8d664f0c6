import type { RuleFacts } from '../../../common/values/rule.ts';
import { wrongUsage } from '../exit.ts';
import { readWhole } from './read-file.ts';

export const FACTS_HELP = `  FILE is JSON, all of it optional; --mac and the others count before it:
    {"macros":  {"SWVER": "sip88xx.11-3-1MPP-110", "A": "value of GPP_A", "PRVST": "0"},
     "secrets": {"SA": "value of GPP_SA"},        never printed
     "server":  "10.20.0.1",                      text of the DHCP option, null for none
     "ikm":     false,                            IKM_HTTP_Encrypt_Content is set
     "timing":  {"Resync_Periodic": "3600+600", "Time_Zone": "GMT+01:00"},
     "failures": 0,                               attempts that failed in a row
     "now":     "2026-11-22T12:00:00Z"}           or milliseconds since 1970
`;

type Given = { -readonly [Name in keyof RuleFacts]?: RuleFacts[Name] };

const LARGEST = 1_000_000;
const READERS: { readonly [Name in keyof RuleFacts]: (value: unknown) => RuleFacts[Name] | string } = {
  macros: (value) => texts(value),
  secrets: (value) => texts(value),
  timing: (value) => texts(value),
  server: (value) => (value === null || (typeof value === 'string' && value.length <= 255) ? value : wants('null or a text of at most 255 characters')),
  ikm: (value) => (typeof value === 'boolean' ? value : wants('true or false')),
  failures: (value) => (Number.isInteger(value) && Number(value) >= 0 && Number(value) <= 1000 ? Number(value) : wants('a whole number, 0 to 1000')),
  now: (value) => {
    const time = typeof value === 'string' ? Date.parse(value) : value;
    return typeof time === 'number' && Number.isFinite(time) ? time : wants('a time such as "2026-11-22T12:00:00Z"');
  },
};
/** Marks a reader's refusal: a text that no fact is made of. */
const REFUSAL = '\0';

/** Reads and checks a facts file; anything wrong ends the command with a sentence that names the place. */
export async function readFactsFile(name: string, signal: AbortSignal): Promise<Given> {
  const bytes = await readWhole(name, LARGEST, signal);
  let read: unknown;
  try {
    read = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    throw wrongUsage(`${name} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (typeof read !== 'object' || read === null || Array.isArray(read)) throw wrongUsage(`${name} must hold one JSON object: {"macros": {…}, …}`);
  const given: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(read)) {
    if (!isFact(key)) throw wrongUsage(`${name}: ${JSON.stringify(key)} is no fact. Known are ${Object.keys(READERS).join(', ')}.`);
    const fact = READERS[key](value);
    if (typeof fact === 'string' && fact.startsWith(REFUSAL)) throw wrongUsage(`${name}: ${key} takes ${fact.slice(1)}.`);
    given[key] = fact;
  }
  return given as Given;
}

function isFact(name: string): name is keyof RuleFacts {
  return Object.hasOwn(READERS, name);
}

/** An object of texts; names are kept as they are, `__proto__` included. */
function texts(value: unknown): Readonly<Record<string, string>> | string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return wants('an object of texts: {"NAME": "value"}');
  const wrong = Object.entries(value).find(([, text]) => typeof text !== 'string');
  return wrong ? wants(`texts only; ${JSON.stringify(wrong[0])} is none`) : Object.fromEntries(Object.entries(value as Record<string, string>));
}

function wants(text: string): string {
  return `${REFUSAL}${text}`;
}
