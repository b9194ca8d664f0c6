import type { CardView } from '../../../common/contract/views/servers.ts';
import { failed } from '../../../common/values/failure.ts';
import { listCards } from '../../discovery/cards.ts';
import type { BenchOptions } from '../options.ts';

export interface CardInUse {
  /** Bytes a second; null where the system does not tell. */
  readonly capacity: number | null;
  readonly up: boolean;
}

/** What the card with this address carries: its speed less the framing of full packets, some 6 %. null without such a card. */
export function cardInUse(cards: readonly CardView[], address: string): CardInUse | null {
  const card = cards.find((each) => each.address === address);
  return card ? { capacity: card.speed === null ? null : card.speed * 118_000, up: card.linkUp } : null;
}

/** @returns `card.unknown`, `card.no-address` or `card.other-address` when the bench cannot stand on the card that was asked for */
export async function wrongCard({ card: asked, address }: Pick<BenchOptions, 'card' | 'address'>): Promise<ReturnType<typeof failed> | null> {
  if (asked === null) return null;
  const card = (await listCards(asked)).find(({ name }) => name === asked);
  if (!card) return failed('card.unknown', { name: asked });
  if (card.address === null) return failed('card.no-address', { name: asked });
  if (address !== null && address !== card.address) return failed('card.other-address', { name: asked, address: card.address, asked: address });
  return null;
}
