import type { ObservedFacts } from '../../../common/values/observation.ts';
import { maskText } from '../profile/secrets.ts';
import type { NewEvidence } from './row.ts';

/** A row as it may be kept and shown: a password that somebody put into a URL is replaced before it reaches any disk. */
export function withoutSecrets(row: NewEvidence): NewEvidence {
  const { path, text, userAgent } = row.observation.facts;
  const masked: ObservedFacts = {
    ...(path === undefined ? {} : { path: maskText(path) }),
    ...(text === undefined ? {} : { text: maskText(text) }),
    ...(userAgent === undefined ? {} : { userAgent: maskText(userAgent) }),
  };
  if (masked.path === path && masked.text === text && masked.userAgent === userAgent) return row;
  return { ...row, observation: { ...row.observation, facts: { ...row.observation.facts, ...masked } } };
}
