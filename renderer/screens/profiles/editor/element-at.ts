import type { RuleKind } from '../../../../common/values/rule.ts';

/** One parameter of a flat profile as it stands in the text. */
export interface ElementAt {
  readonly name: string;
  /** Text between the tags with the five entities read. */
  readonly value: string;
  readonly from: number;
  readonly to: number;
}

/** Longer values are not looked at: no rule or dial plan of a phone comes near. */
const LONGEST = 20_000;
const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'" };
const PARAMETER = '<([A-Za-z_][\\w.-]*)(?:\\s[^<>]*?)?(?:\\/>|>([^<]*)<\\/\\1\\s*>)';
const COMMENT = /<!--[\s\S]*?(?:-->|$)/g;

/** The parameter in which a position stands, null between parameters; total on any text. */
export function elementAt(text: string, at: number): ElementAt | null {
  const start = Math.max(0, at - LONGEST);
  const around = text.slice(start, Math.min(text.length, at + LONGEST));
  const here = at - start;
  // The opening tag is at most two signs back: the one of the closing tag, and its own.
  for (let open = around.lastIndexOf('<', here), tries = 0; open >= 0 && tries < 2; open = open === 0 ? -1 : around.lastIndexOf('<', open - 1), tries += 1) {
    const match = new RegExp(`^${PARAMETER}`).exec(around.slice(open));
    if (match?.[1] !== undefined) {
      const to = open + match[0].length;
      return here > to ? null : { name: match[1], value: plain(match[2]), from: start + open, to: start + to };
    }
  }
  return null;
}

/** Every rule of a text, in its order, comments left out. */
export function rulesOf(text: string): readonly ElementAt[] {
  const visible = text.replaceAll(COMMENT, (comment) => ' '.repeat(comment.length));
  return [...visible.matchAll(new RegExp(PARAMETER, 'g'))].flatMap((match) =>
    match[1] !== undefined && ruleKind(match[1]) ? [{ name: match[1], value: plain(match[2]), from: match.index, to: match.index + match[0].length }] : [],
  );
}

/** What a phone reads the value of a parameter as; null where it is no rule. */
export function ruleKind(name: string): RuleKind | null {
  if (/^Profile_Rule(?:_[BCD])?$/.test(name)) return 'profile';
  if (name === 'Upgrade_Rule') return 'upgrade';
  if (name === 'Report_Rule') return 'report';
  if (name === 'Custom_CA_Rule') return 'ca';
  return /^Resync_Trigger_[12]$/.test(name) ? 'trigger' : null;
}

function plain(text: string | undefined): string {
  return (text ?? '').replaceAll(/&(?:amp|lt|gt|quot|apos);/g, (entity) => ENTITIES[entity] ?? entity).trim();
}
