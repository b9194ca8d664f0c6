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

/** The parameter in which a position stands, null between parameters; total on any text. */
export function elementAt(text: string, at: number): ElementAt | null {
  const start = Math.max(0, at - LONGEST);
  const around = text.slice(start, Math.min(text.length, at + LONGEST));
  const here = at - start;
  for (let open = around.lastIndexOf('<', here); open >= 0; open = open === 0 ? -1 : around.lastIndexOf('<', open - 1)) {
    const match = /^<([A-Za-z_][\w.-]*)(?:\s[^<>]*?)?(?:\/>|>([^<]*)<\/\1\s*>)/.exec(around.slice(open, open + 2 * LONGEST));
    if (!match?.[1]) {
      // A closing tag belongs to the element before it; any other tag ends the search.
      if (around[open + 1] === '/') continue;
      return null;
    }
    const to = open + match[0].length;
    if (here > to) return null;
    return { name: match[1], value: (match[2] ?? '').replaceAll(/&(?:amp|lt|gt|quot|apos);/g, (entity) => ENTITIES[entity] ?? entity), from: start + open, to: start + to };
  }
  return null;
}

/** Parameters whose value a phone reads as a rule. */
export function isRuleName(name: string): boolean {
  return /^(?:Profile_Rule(?:_[BCD])?|Upgrade_Rule|Report_Rule|Custom_CA_Rule|Resync_Trigger_[12]|Upgrade_Trigger)$/i.test(name);
}
