import type { Mac } from '../../common/values/mac.ts';
import type { Model } from '../../common/values/model.ts';
import type { Serial } from '../../common/values/serial.ts';
import { seededRandom } from './random.ts';

/** What a phone is born with. */
export interface PhoneIdentity {
  readonly mac: Mac;
  readonly model: Model;
  readonly serial: Serial;
  readonly firmware: string;
}

interface Kind {
  readonly model: string;
  readonly firmware: string;
}

/** Models with a load name of their family, as Cisco spells them; the 9800 series' load names are not confirmed. */
const KINDS: readonly Kind[] = [
  { model: 'CP-8841-3PCC', firmware: 'sip88xx.11-3-2MPP0001-609' },
  { model: 'CP-8851-3PCC', firmware: 'sip88xx.11-3-1MPP-110' },
  { model: 'CP-7841-3PCC', firmware: 'sip78xx.11-2-1MES-3' },
  { model: 'CP-6851-3PCC', firmware: 'sip68xx.12-0-1MPP0101-48' },
  { model: 'CP-8865-3PCC', firmware: 'sip8845_65.12-0-3MPP0102-18' },
  { model: 'CP-8811-3PCC', firmware: 'sip88xx.12-0-7MPP0201-66' },
  { model: 'CP-7821-3PCC', firmware: 'sip78xx.12-0-7MPP0201-66' },
  { model: 'CP-9861', firmware: 'sip98xx.3-0-1MPP0001-215' },
];

/** Address blocks seen on Cisco phones (IEEE MA-L of Cisco Systems). */
const BLOCKS = ['00562b', 'd0ec35', 'c4b9cd', 'dcf719', '382056'] as const;
const SITES = ['FCH', 'WZP', 'FOC', 'FVH'] as const;
const LETTERS = '0123456789ABCDEFGHJKLMNPRSTUVWXYZ';

/** Phone number `index` (from 0) of the fleet with this seed. No two indexes below 2^20 share a MAC. */
export function fleetIdentity(index: number, seed: number): PhoneIdentity {
  const random = seededRandom(seed * 104_729 + index);
  const kind = pick(KINDS, random);
  const block = BLOCKS[index % BLOCKS.length] ?? BLOCKS[0];
  // The low 20 bits count, so that MACs stay unique; they are stirred by an odd factor, so that they do not look counted.
  const low = (Math.imul(index, 0x9e3b5) + Math.imul(seed, 0x51f3)) & 0xfffff;
  return {
    mac: `${block}${((seed & 0xf) * 0x100000 + low).toString(16).padStart(6, '0')}` as Mac,
    model: kind.model as Model,
    serial: serial(random),
    firmware: kind.firmware,
  };
}

/** Site, year since 1996, week, four characters: `FCH2443D9R4`. */
function serial(random: () => number): Serial {
  const year = 22 + Math.floor(random() * 6);
  const week = 1 + Math.floor(random() * 52);
  const tail = Array.from({ length: 4 }, () => LETTERS[Math.floor(random() * LETTERS.length)]).join('');
  return `${pick(SITES, random)}${year}${String(week).padStart(2, '0')}${tail}` as Serial;
}

function pick<T>(list: readonly T[], random: () => number): T {
  const chosen = list[Math.floor(random() * list.length)];
  if (chosen === undefined) throw new RangeError('an empty list has nothing to pick');
  return chosen;
}
