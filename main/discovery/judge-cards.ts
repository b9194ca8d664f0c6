import type { CardView } from '../../common/contract/views/servers.ts';
import { subnetContains, type Ipv4, type Subnet } from '../../common/values/ip.ts';
import type { CardFacts } from './card-facts.ts';

type Judgement = Pick<CardView, 'verdict' | 'reason'>;

const ORDER: readonly CardView['verdict'][] = ['recommended', 'usable', 'office', 'unusable'];
/** RFC 3927: an address that the computer gave itself because nobody else did. */
const SELF_GIVEN: Subnet = { address: '169.254.0.0' as Ipv4, prefix: 16 };

/**
 * The cards in the order they are offered: the one for the bench first, those that phones cannot reach last. A verdict is
 * advice; any card can be named on the command line. At most one card is recommended.
 */
export function judgeCards(cards: readonly CardFacts[], picked: string | null = null): readonly CardView[] {
  const views = cards.map((card) => view(card, judge(card), picked));
  const candidates = views.filter((card) => card.verdict === 'recommended');
  // A card without an address hangs on a bare switch: nothing else in this computer has that shape (design §11.7).
  const best = candidates.find((card) => card.address === null) ?? candidates.toSorted(byName)[0];
  return views
    .map((card): CardView => (card.verdict === 'recommended' && card !== best ? { ...card, verdict: 'usable' } : card))
    .toSorted((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict) || byName(a, b));
}

/** The address that phones are told: the first that was given to the card, never one that it gave itself. */
export function usableAddress(card: Pick<CardFacts, 'addresses'>): Subnet | null {
  return card.addresses.find((subnet) => !subnetContains(SELF_GIVEN, subnet.address)) ?? null;
}

function judge(card: CardFacts): Judgement {
  switch (card.kind) {
    case 'loopback':
      return { verdict: 'unusable', reason: 'card.loopback' };
    case 'vpn':
      return { verdict: 'unusable', reason: 'card.vpn' };
    case 'virtual':
      return { verdict: 'unusable', reason: 'card.virtual' };
    case 'wifi':
      return { verdict: 'office', reason: 'card.wifi' };
    case 'cable':
    case 'other':
      if (!card.linkUp) return { verdict: 'unusable', reason: 'card.no-link' };
      if (card.defaultRoute) return { verdict: 'office', reason: 'card.default-route' };
      return { verdict: 'recommended', reason: usableAddress(card) === null ? 'card.no-address' : 'card.cable' };
  }
}

function view(card: CardFacts, judgement: Judgement, picked: string | null): CardView {
  const subnet = usableAddress(card);
  return {
    name: card.name,
    mac: card.mac,
    address: subnet?.address ?? null,
    prefix: subnet?.prefix ?? null,
    kind: card.kind,
    linkUp: card.linkUp,
    speed: card.speed,
    defaultRoute: card.defaultRoute,
    ...judgement,
    picked: card.name === picked,
  };
}

function byName(a: CardView, b: CardView): number {
  return a.name.localeCompare(b.name, 'en', { numeric: true });
}
