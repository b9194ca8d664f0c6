import { parseMac, type Mac } from '../../../common/values/mac.ts';
import { findModel, isMultiplatform, type Model } from '../../../common/values/model.ts';
import type { ObservedFacts } from '../../../common/values/observation.ts';
import { parsePhoneLine } from '../../../common/values/phone-line.ts';
import type { Serial } from '../../../common/values/serial.ts';
import { resolveName } from '../files/resolve.ts';
import { isFirmwareName } from '../firmware/names.ts';
import { readCertificate } from './certificate.ts';
import { readUserAgent } from './user-agent.ts';

/** Where a fact about a phone came from, strongest first. */
export type SignSource =
  | 'chaddr' | 'certificate' | 'path' | 'user-agent' | 'syslog' | 'option60' | 'lease' | 'neighbour' | 'list' | 'typed';

/** What the DHCP vendor class says of its sender; null without one. */
export type Vendor = 'mpp' | 'enterprise' | 'ata' | 'tr069' | 'other';

/** Everything that one observation says of the device behind it. */
export interface Signs {
  /** Strongest first; several when path and User-Agent both carry one. */
  readonly macs: readonly { readonly mac: Mac; readonly from: SignSource }[];
  readonly model: Model | null;
  readonly serial: Serial | null;
  readonly firmware: string | null;
  readonly vendor: Vendor | null;
  /** Where model, serial and firmware were read. */
  readonly from: { readonly model: SignSource | null; readonly serial: SignSource | null; readonly firmware: SignSource | null };
}

interface Sign {
  readonly from: SignSource;
  readonly mac?: Mac | null;
  readonly model?: Model | null;
  readonly serial?: Serial | null;
  readonly firmware?: string | null;
}

/** Reads what the wire showed. Pure and total: foreign text gives fewer signs, never an error. */
export function readSigns(facts: ObservedFacts): Signs {
  const signs = allSigns(facts);
  const model = signs.find((sign) => sign.model && isMultiplatform(sign.model)) ?? signs.find((sign) => sign.model);
  const serial = signs.find((sign) => sign.serial);
  const firmware = signs.find((sign) => sign.firmware);
  return {
    macs: signs.flatMap(({ mac, from }) => (mac ? [{ mac, from }] : [])),
    model: model?.model ?? null,
    serial: serial?.serial ?? null,
    firmware: firmware?.firmware ?? null,
    vendor: facts.vendorClass === undefined ? null : readVendor(facts.vendorClass),
    from: { model: model?.from ?? null, serial: serial?.from ?? null, firmware: firmware?.from ?? null },
  };
}

/** Real classes: `Cisco Systems, Inc. IP Phone CP-8841-3PCC\0`, `CISCO ATA191-MPP`, `dslforum.org`. */
export function readVendor(vendorClass: string): Vendor {
  const text = vendorClass.replaceAll('\0', '');
  if (/ATA19\d/i.test(text)) return 'ata';
  if (/-(?:3PCC|MPP)/i.test(text)) return 'mpp';
  if (/dslforum\.org/i.test(text)) return 'tr069';
  const model = findModel(text);
  if (model) return isMultiplatform(model) ? 'mpp' : 'enterprise';
  return 'other';
}

function allSigns(facts: ObservedFacts): readonly Sign[] {
  const signs: Sign[] = [];
  if (facts.chaddr !== undefined) signs.push({ from: 'chaddr', mac: facts.chaddr });
  if (facts.certificate !== undefined) signs.push({ from: 'certificate', ...readCertificate(facts.certificate) });
  if (facts.path !== undefined) signs.push(readPath(facts.path));
  if (facts.userAgent !== undefined) signs.push({ from: 'user-agent', ...readUserAgent(facts.userAgent) });
  if (facts.text !== undefined) signs.push(readLine(facts.text));
  if (facts.vendorClass !== undefined) signs.push({ from: 'option60', model: findModel(facts.vendorClass) });
  return signs;
}

function readPath(path: string): Sign {
  const name = resolveName(path);
  if (name.kind === 'static') return { from: 'path', mac: macFolder(name.relative) };
  if (name.kind === 'profile' || name.kind === 'report') return { from: 'path', mac: name.mac, model: name.model };
  return name.kind === 'enterprise' ? { from: 'path', mac: name.mac } : { from: 'path' };
}

/** `firmware/00562b043615/kern288xx.sbn`: rules of this bench name the phone in the folder, since images carry no name of it. */
function macFolder(relative: string): Mac | null {
  const folder = relative.split('/').at(-2) ?? '';
  return isFirmwareName(relative.split('/').at(-1) ?? '') && /^[0-9a-f]{12}$/i.test(folder) ? parseMac(folder) : null;
}

/** The phone's own lines carry `$PN $MAC`; `Syslog_Identifier` can put a MAC in front of every other line. */
function readLine(text: string): Sign {
  const line = parsePhoneLine(text);
  if (line?.mac || line?.model) return { from: 'syslog', mac: line.mac, model: line.model, firmware: line.version ?? null };
  const first = /(?:^|\s)((?:[0-9a-f]{2}:){5}[0-9a-f]{2}|[0-9a-f]{12})(?=[\s:,-]|$)/i.exec(text.slice(0, 120))?.[1];
  return { from: 'syslog', mac: first === undefined ? null : parseMac(first), model: null };
}
