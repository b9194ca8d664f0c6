import { macWithColons, parseMac } from '../../../../common/values/mac.ts';
import type { RuleFacts } from '../../../../common/contract/views/profiles.ts';

/** What a person changed of the facts, by field; what is not here is as the bench knows it. */
export interface FactChanges {
  readonly model?: string;
  readonly mac?: string;
  readonly server?: string;
  readonly failures?: string;
  readonly ikm?: boolean;
  /** Macro values by name. */
  readonly macros?: Readonly<Record<string, string>>;
  /** SA to SD. */
  readonly secrets?: Readonly<Record<string, string>>;
}

/** The facts with the changes of the trial. One field can stand for several macros: a MAC for MA, MAU and MAC. */
export function factsWith(known: RuleFacts, changes: FactChanges): RuleFacts {
  const macros = { ...known.macros, ...changes.macros };
  const mac = changes.mac === undefined ? null : parseMac(changes.mac);
  if (mac) Object.assign(macros, { MA: mac, MAU: mac.toUpperCase(), MAC: macWithColons(mac) });
  if (changes.model !== undefined) {
    const bare = changes.model.trim().replace(/^CP-/i, '');
    Object.assign(macros, { PN: `CP-${bare}`, PSN: bare });
  }
  return {
    ...known,
    macros,
    secrets: { ...known.secrets, ...changes.secrets },
    server: changes.server === undefined ? known.server : changes.server.trim() || null,
    failures: changes.failures === undefined ? known.failures : readFailures(changes.failures) ?? known.failures,
    ikm: changes.ikm ?? known.ikm,
  };
}

/** A whole number from 0 to 1000, or null. */
export function readFailures(text: string): number | null {
  const clean = text.trim();
  return /^\d{1,4}$/.test(clean) && Number(clean) <= 1000 ? Number(clean) : null;
}

/** The registers GPP_A to GPP_P that a rule names, in order; longest macro names first, so that `$PN` is no `$P`. */
export function registersIn(rule: string): readonly string[] {
  const found = new Set<string>();
  for (const match of rule.matchAll(/\$\(?([A-Z][A-Z0-9]*)|--post\s+([a-pA-P])\b/g)) {
    const name = match[1] ?? match[2]?.toUpperCase() ?? '';
    if (/^[A-P]$/.test(name)) found.add(name);
  }
  return [...found].toSorted();
}

/** The secret registers GPP_SA to GPP_SD that a rule names. */
export function secretsIn(rule: string): readonly string[] {
  return [...new Set([...rule.matchAll(/\$\(?(S[A-D])(?![A-Z])/g)].map((match) => match[1] ?? ''))].toSorted();
}
