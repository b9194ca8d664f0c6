import { macWithColons } from '../../common/values/mac.ts';
import { shortName } from '../../common/values/model.ts';
import { valueOf } from './configuration.ts';
import type { Configuration } from './configuration.ts';
import type { ResyncReason } from './events.ts';
import type { PhoneIdentity } from './identity.ts';

/** Macro values by name, without the `$`. A name that stands here is known to the phone, even when its value is empty. */
export type MacroValues = Readonly<Record<string, string>>;

/** The request that `$SCHEME`, `$SERV`, `$SERVIP`, `$PORT` and `$PATH` speak of. */
export interface RequestPlace {
  readonly scheme: string;
  readonly host: string;
  readonly address: string;
  readonly port: number;
  readonly path: string;
}

export interface MacroContext {
  readonly identity: PhoneIdentity;
  readonly configuration: Configuration;
  readonly ip: string;
  readonly reason: ResyncReason;
  readonly secondsSinceResync: number;
  readonly request?: RequestPlace;
  /** `$ERR`. */
  readonly error?: string;
  /** What `$UPGST`, `$UPGERR` and `$UPGTMR` tell; a phone that never tried where it is left out. */
  readonly upgrade?: { readonly retry: boolean; readonly error: string; readonly secondsSince: number };
}

const PRVST: Readonly<Record<ResyncReason, string>> = { asked: '-1', 'power-up': '0', periodic: '1', retry: '2' };
const REGISTERS = 'ABCDEFGHIJKLMNOP';
/** Lines that any phone of the family has; `$UID1` to `$UID16`. */
const LINES = 16;

/** Every macro that provisioning text may use. `$SA` to `$SD` are left out: they belong to the options of a rule. */
export function macroValues(context: MacroContext): MacroValues {
  const { identity, configuration, request } = context;
  const values: Record<string, string> = {
    MA: identity.mac,
    MAU: identity.mac.toUpperCase(),
    MAC: macWithColons(identity.mac),
    PN: identity.model,
    PSN: shortName(identity.model),
    SN: identity.serial,
    // A virtual phone holds no certificate of manufacture.
    CCERT: 'Not Installed',
    IP: context.ip,
    EXTIP: context.ip,
    SWVER: identity.firmware,
    HWVER: '1.0.0',
    PRVST: PRVST[context.reason],
    UPGST: context.upgrade?.retry ? '2' : '1',
    UPGERR: context.upgrade?.error ?? '',
    PRVTMR: String(Math.floor(context.secondsSinceResync)),
    UPGTMR: String(Math.floor(context.upgrade?.secondsSince ?? 0)),
    REGTMR1: '0',
    REGTMR2: '0',
    UPGCOND: '1',
    ISCUST: '0',
    EMS: '',
    MUID: '',
    MPWD: '',
    PDOM: '',
    SCHEME: request?.scheme ?? '',
    METH: request?.scheme ?? '',
    SERV: request?.host ?? '',
    SERVIP: request?.address ?? '',
    PORT: request ? String(request.port) : '',
    PATH: request?.path ?? '',
    ERR: context.error ?? '',
  };
  for (const letter of REGISTERS) values[letter] = valueOf(configuration, `GPP_${letter}`);
  for (let line = 1; line <= LINES; line += 1) {
    values[`UID${line}`] = valueOf(configuration, `User_ID_${line}_`);
    values[`DISPLAYNAME${line}`] = valueOf(configuration, `Display_Name_${line}_`);
    values[`AUTHID${line}`] = valueOf(configuration, `Auth_ID_${line}_`);
    values[`PROXY${line}`] = valueOf(configuration, `Proxy_${line}_`);
  }
  return values;
}

/** `$VERSION`, for the User-Agent alone: `sip88xx.11-3-2MPP0001-609` → `11.3.2`; a load of another shape gives its whole name. */
export function shortVersion(firmware: string): string {
  const match = /\.(\d+)-(\d+)-(\d+)/.exec(firmware);
  return match ? `${match[1]}.${match[2]}.${match[3]}` : firmware;
}

/** `Cisco-CP-8841-3PCC/11.3.2 (00562b043615)` from the factory's HTTP_User_Agent_Name. */
export function userAgent(identity: PhoneIdentity, setting: string, expand: (text: string, more: MacroValues) => string): string {
  const name = expand(setting, { VERSION: shortVersion(identity.firmware) }).replaceAll(/[^\x20-\x7e]/g, '');
  return `Cisco-${identity.model}/${name}`;
}
