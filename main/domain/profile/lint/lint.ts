import type { Finding } from '../../../../common/values/finding.ts';
import type { ProfileDocument } from '../document/document.ts';
import { access } from './access.ts';
import { characters } from './characters.ts';
import type { LintContext } from './context.ts';
import { duplicates } from './duplicates.ts';
import { escapes } from './escapes.ts';
import { malformed } from './malformed.ts';
import { names } from './names.ts';
import { places } from './places.ts';
import { proxy } from './proxy.ts';
import { reach } from './reach.ts';
import { rules } from './rules.ts';
import { readSubject, type LintRule } from './subject.ts';
import { timing } from './timing.ts';
import { values } from './values.ts';

const RULES: readonly LintRule[] = [malformed, names, duplicates, values, timing, access, characters, escapes, places, rules, proxy, reach];

/** A text with more than this is not a profile; the first ones tell enough. */
const MOST = 10_000;

/**
 * Everything that a phone would take otherwise than it was meant, in the order of the text. Total: any document, any text.
 * Sentences are `lint.…`, those of the XML `profile.…`, those of rules `rule.…`.
 */
export function lintProfile(document: ProfileDocument, context: LintContext): readonly Finding[] {
  const subject = readSubject(document, context);
  return RULES.flatMap((rule) => rule(subject))
    .sort((left, right) => left.span.from - right.span.from)
    .slice(0, MOST);
}
