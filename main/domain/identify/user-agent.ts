import { parseMac, type Mac } from '../../../common/values/mac.ts';
import { findModel, type Model } from '../../../common/values/model.ts';
import { parseSerial, type Serial } from '../../../common/values/serial.ts';

export interface UserAgent {
  readonly mac: Mac | null;
  readonly model: Model | null;
  readonly serial: Serial | null;
  readonly firmware: string | null;
}

const PHONE = /\bCisco-((?:CP|DP)-[A-Za-z0-9_-]+?)\/([^\s(]+)/i;
const ADAPTER = /\bCisco\/((?:ATA|SPA)\d+[A-Z]?)((?:-(?:MPP|3PW))?)-([^\s(]+)/i;
const IN_BRACKETS = /\(([^()]{1,64})\)/g;
/** A SIP User-Agent puts the MAC after the version: `Cisco-CP-8865-3PCC/12.0.3_dcf719f39350_uuid`. */
const SIP_MAC = /^(.*?)_([0-9a-f]{12})(?:_.*)?$/i;

/**
 * Reads the User-Agent of a Cisco phone or adapter. The default is `$VERSION ($MA)`; the text can be configured, so it is
 * never the only sign. Real ones: `Cisco-CP-8841-3PCC/11.0 (00562b043615)`, `Cisco/ATA191-MPP-11-1-0-MSR4 (FCH2443D9R4)`,
 * `Cisco/SPA504G-7.4.8a (0002FDFF2103)(CBT141400UK)`.
 */
export function readUserAgent(text: string): UserAgent {
  const brackets = Array.from(text.matchAll(IN_BRACKETS), (match) => match[1] ?? '');
  const mac = brackets.map(parseMac).find((found) => found !== null) ?? null;
  const serial = brackets.filter((word) => !parseMac(word)).map(readSerial).find((found) => found !== null) ?? null;
  const phone = PHONE.exec(text);
  if (phone?.[1] !== undefined && phone[2] !== undefined) {
    const sip = SIP_MAC.exec(phone[2]);
    return { mac: mac ?? parseMac(sip?.[2] ?? ''), model: findModel(phone[1]), serial, firmware: sip?.[1] ?? phone[2] };
  }
  const adapter = ADAPTER.exec(text);
  if (adapter) return { mac, model: findModel(adapter[1] ?? ''), serial, firmware: adapter[3] ?? null };
  return /cisco/i.test(text)
    ? { mac, model: findModel(text), serial, firmware: null }
    : { mac: null, model: null, serial: null, firmware: null };
}

/** Other programs put words in brackets too: a serial has letters and digits. */
function readSerial(word: string): Serial | null {
  return /[A-Z]/i.test(word) && /\d/.test(word) ? parseSerial(word) : null;
}
