import { unescapeXml } from './escape.ts';
import { replaceQuiet } from './well-formed.ts';

const UPGRADE_RULE = /<Upgrade_Rule(?:\s[^>]*)?>([^<]*)<\/Upgrade_Rule\s*>/g;

/**
 * The `.loads` file that a filled profile asks the phone to take, when its `Upgrade_Rule` is one plain URL. Conditions and
 * alternatives are for the phone to decide, so they give null. The last of several rules wins, as on the phone.
 */
export function wantedLoad(xml: string): string | null {
  const rules = Array.from(replaceQuiet(xml, () => '').matchAll(UPGRADE_RULE), (match) => match[1] ?? '');
  const rule = unescapeXml(rules.at(-1) ?? '').trim();
  if (rule === '' || /[|?!]/.test(rule)) return null;
  const url = rule.replace(/^\[[^\]]*\]\s*/, '');
  return /([^/\\\s]+\.loads)$/i.exec(url)?.[1] ?? null;
}
