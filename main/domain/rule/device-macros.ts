import { macWithColons, type Mac } from '../../../common/values/mac.ts';
import { shortName, type Model } from '../../../common/values/model.ts';

/** What identifies a phone; null where it is not known. */
export interface KnownDevice {
  readonly mac: Mac | null;
  readonly model: Model | null;
  readonly serial: string | null;
  /** The load as `$SWVER` shows it: `sip88xx.11-3-2MPP0001-609`. */
  readonly firmware: string | null;
}

/** The macros that come from a phone's identity: MA, MAU, MAC, PN, PSN, SN, SWVER. What is not known is left out. */
export function deviceMacros({ mac, model, serial, firmware }: KnownDevice): Readonly<Record<string, string>> {
  return {
    ...(mac === null ? {} : { MA: mac, MAU: mac.toUpperCase(), MAC: macWithColons(mac) }),
    ...(model === null ? {} : { PN: model, PSN: shortName(model) }),
    ...(serial === null ? {} : { SN: serial }),
    ...(firmware === null ? {} : { SWVER: firmware }),
  };
}
