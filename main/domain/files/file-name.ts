import { parseMac, type Mac } from '../../../common/values/mac.ts';
import type { Model } from '../../../common/values/model.ts';
import { readModel } from '../device/model-name.ts';

export type NameOfPhone =
  | { readonly kind: 'profile'; readonly mac: Mac | null; readonly model: Model | null; readonly spelling: string }
  | { readonly kind: 'enterprise'; readonly mac: Mac | null; readonly model: null };

const ENDING = /\.(?:xml|cfg)$/i;
const MAC_TEXT = '[0-9a-f]{12}|(?:[0-9a-f]{2}[:.\\- ]){5}[0-9a-f]{2}|(?:[0-9a-f]{4}\\.){2}[0-9a-f]{4}';
const MAC_ALONE = new RegExp(`^(?:${MAC_TEXT})$`, 'i');
/** A product or any word before the MAC: `CP-8841-3PCC00562b043615`, `cisco00562B043615`, `8841-3PCC_00562b043615`. */
const MAC_LAST = new RegExp(`^(.+?)(${MAC_TEXT})$`, 'i');
const WORD_BEFORE_MAC = /^(?:cisco|spa|mpp|phone|config|cfg|profile)[-_.]?$/i;
/** Files of enterprise loads, signed and encrypted forms included. */
const ENTERPRISE = /^(?:(?:CTL|ITL)?SEP([0-9A-F]{12})\.(?:cnf\.xml|tlv)|XMLDefault\.cnf\.xml|(?:CTL|ITL)File\.tlv)(?:\.enc)?(?:\.sgn)?$/i;
/**
 * Macros that arrive unexpanded: `&PN.cfg` is printed as the factory rule in one guide, `$PSN.xml` is typed by people
 * who try the address in a browser.
 */
const UNEXPANDED = /^[$&]\(?(PSN|PN|MA|MAU|MAC)\)?$/i;

/**
 * Reads the last part of a path as one of the names under which phones ask for their profile.
 * @param folder the part before it: `/Cisco/$PN/$MA.cfg` carries the product there
 * @returns null for any other file
 */
export function readFileName(folder: string | null, file: string): NameOfPhone | null {
  const enterprise = ENTERPRISE.exec(file);
  if (enterprise) return { kind: 'enterprise', mac: parseMac(enterprise[1] ?? ''), model: null };
  if (!ENDING.test(file)) return null;
  const stem = file.replace(ENDING, '');
  const ending = (ENDING.exec(file)?.[0] ?? '').toLowerCase();
  const folderModel = folder === null ? null : readModel(folder);
  if (MAC_ALONE.test(stem)) {
    const mac = parseMac(stem);
    return mac && { kind: 'profile', mac, model: folderModel, spelling: folderModel ? `$PN/$MA${ending}` : `$MA${ending}` };
  }
  const unexpanded = UNEXPANDED.exec(stem);
  if (unexpanded) return { kind: 'profile', mac: null, model: folderModel, spelling: file };
  const model = readModel(stem);
  if (model) return { kind: 'profile', mac: null, model, spelling: /^(?:CP|DP|ATA)/i.test(stem) ? `$PN${ending}` : `$PSN${ending}` };
  return readMacAfterWord(stem, ending, folderModel);
}

function readMacAfterWord(stem: string, ending: string, folderModel: Model | null): NameOfPhone | null {
  const parts = MAC_LAST.exec(stem);
  const before = parts?.[1] ?? '';
  const mac = parseMac(parts?.[2] ?? '');
  if (!mac) return null;
  const model = readModel(before.replace(/[-_.]$/, ''));
  if (!model && !WORD_BEFORE_MAC.test(before)) return null;
  return { kind: 'profile', mac, model: model ?? folderModel, spelling: model ? `$PN$MA${ending}` : `${before}$MA${ending}` };
}
