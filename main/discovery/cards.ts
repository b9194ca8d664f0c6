import type { CardView } from '../../common/contract/views/servers.ts';
import { failed, type Result } from '../../common/values/failure.ts';
import type { CardFacts } from './card-facts.ts';
import { judgeCards } from './judge-cards.ts';
import { readLinuxCards } from './linux-cards.ts';
import { readOtherCards } from './other-cards.ts';

/** What this system tells about its network cards now. */
export async function readCards(): Promise<readonly CardFacts[]> {
  return process.platform === 'linux' ? readLinuxCards() : readOtherCards();
}

/** The network cards as the picker shows them, best first. */
export async function listCards(picked: string | null = null): Promise<readonly CardView[]> {
  return judgeCards(await readCards(), picked);
}

/** One card by its name; `card.unknown` where the system has none of that name. */
export async function findCard(name: string): Promise<Result<CardView>> {
  const card = (await listCards(name)).find((each) => each.name === name);
  return card === undefined ? failed('card.unknown', { name }) : { ok: true, value: card };
}
