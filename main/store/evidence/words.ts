import type { Observation } from '../../../common/values/observation.ts';

/** What the device saw as answer, in lower case; the kind of outcome where it saw nothing. */
export function answerOf({ outcome }: Observation): string {
  return ('answer' in outcome ? outcome.answer : outcome.kind).toLowerCase();
}

/** Everything of an observation that a person may search for, in lower case: path, answer, reason, detail, sender. */
export function wordsOf({ server, peer, asked, facts, outcome, detail }: Observation): string {
  const answer = 'answer' in outcome ? outcome.answer : '';
  const code = 'code' in outcome ? outcome.code : '';
  const extras = Object.entries(detail ?? {}).map(([name, value]) => `${name}=${value}`);
  const said = [facts.path, facts.vendorClass, facts.hostName, facts.userAgent, facts.certificate, facts.text];
  return [server, asked, answer, code, peer.address, ...said, ...extras].filter((word) => word !== undefined && word !== '').join(' ').toLowerCase();
}
