import type { Observation, Outcome, Peer } from '../../../common/values/observation.ts';
import { Allowances } from '../allowances.ts';
import { Folding } from '../folding.ts';
import { cutAnswer, decodeQuery, encodeAnswer, encodeBroken, udpLimit } from './codec.ts';
import type { DnsLimits } from './config.ts';
import { refusalCode } from './known-names.ts';
import { bareAnswer, RCODE, typeName, type DnsQuery } from './message.ts';
import { answerQuestion, type Told, type ZoneFacts } from './zone.ts';

export interface ResponderNeeds {
  facts(): ZoneFacts;
  observe(observation: Observation): void;
  now(): number;
}

/** Bytes of a question to bytes of its answer, with what is counted and told on the way. Knows no socket. */
export interface Responder {
  /** Null is silence. */
  answer(bytes: Uint8Array, peer: Peer, transport: 'udp' | 'tcp'): Uint8Array | null;
  figures(): Readonly<Record<string, number>>;
}

export function createResponder(limits: DnsLimits, needs: ResponderNeeds): Responder {
  const allowances = new Allowances(limits.perAddress);
  const folding = new Folding(limits.folding);
  const counts = { queries: 0, answered: 0, refused: 0, unknown: 0, limited: 0, bad: 0 };
  let slipped = 0;

  return {
    answer: (bytes, peer, transport) => {
      const read = decodeQuery(bytes);
      if (read.kind === 'nothing') {
        counts.bad += 1;
        return null;
      }
      counts.queries += 1;
      if (!allowances.take(peer.address, needs.now())) return limited(read.kind === 'query' ? read.query : null, transport);
      if (read.kind === 'broken') {
        counts.bad += 1;
        tell(peer, 'query', '', transport, { kind: 'refused', answer: rcodeName(read.rcode), code: read.rcode === RCODE.NOTIMP ? 'dns.not-a-query' : 'dns.bad-query' });
        return encodeBroken(read);
      }
      return answered(read.query, peer, transport);
    },
    figures: () => ({ ...counts, unread: folding.unread }),
  };

  function answered(query: DnsQuery, peer: Peer, transport: 'udp' | 'tcp'): Uint8Array {
    const { question, edns } = query;
    const limit = transport === 'udp' ? udpLimit(query) : undefined;
    // RFC 6891 §6.1.3: a version that is not ours is named before anything is looked at.
    if (edns !== null && edns.version !== 0) {
      counts.refused += 1;
      tell(peer, typeName(question.type), question.name, transport, { kind: 'refused', answer: 'BADVERS', code: 'dns.edns-version' });
      return encodeAnswer(query, bareAnswer(RCODE.BADVERS), limit);
    }
    const told = answerQuestion(question, needs.facts());
    const code = codeOf(told, question.name);
    if (told.why === null) counts.answered += 1;
    else if (told.text === 'REFUSED') counts.refused += 1;
    else counts.unknown += 1;
    const outcome: Outcome = code === null ? { kind: 'answered', answer: told.text } : { kind: 'refused', answer: told.text, code };
    tell(peer, typeName(question.type), question.name, transport, outcome);
    return encodeAnswer(query, told.answer, limit);
  }

  /**
   * Beyond its allowance every second question gets "ask by TCP", which a forged sender cannot, and the others nothing.
   * No answer is longer than its question then.
   */
  function limited(query: DnsQuery | null, transport: 'udp' | 'tcp'): Uint8Array | null {
    counts.limited += 1;
    slipped += 1;
    return query !== null && transport === 'udp' && slipped % 2 === 0 ? cutAnswer(query) : null;
  }

  function tell(peer: Peer, asked: string, name: string, transport: 'udp' | 'tcp', outcome: Outcome): void {
    const at = needs.now();
    const answer = 'answer' in outcome ? outcome.answer : '';
    const again = folding.take(`${peer.address} ${asked} ${name} ${answer}`, at);
    if (again === null) return;
    const detail = { name, ...(transport === 'tcp' ? { transport } : {}), ...(again === 0 ? {} : { again }) };
    needs.observe({ at, server: 'dns', peer, asked, facts: {}, outcome, detail });
  }
}

function codeOf({ why }: Told, name: string): string | null {
  if (why === null) return null;
  return why === 'outside' ? refusalCode(name) : `dns.${why}`;
}

function rcodeName(rcode: number): string {
  return Object.entries(RCODE).find(([, value]) => value === rcode)?.[0] ?? String(rcode);
}
