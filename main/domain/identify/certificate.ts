import { parseMac, type Mac } from '../../../common/values/mac.ts';
import { findModel, type Model } from '../../../common/values/model.ts';
import { parseSerial, type Serial } from '../../../common/values/serial.ts';

export interface CertificateSigns {
  readonly mac: Mac | null;
  readonly model: Model | null;
  readonly serial: Serial | null;
}

const SERIAL_FIELDS: readonly string[] = ['l', 'serialnumber'];

/**
 * Reads the subject of a phone's own certificate. Cisco documents `OU=CP-8841-3PCC, L=88012BA01234, S=000e08abcdef`
 * (product, serial, MAC); `S` may reach us as ST, surname or SN, and newer ones say `CN=CP-8841-3PCC-SEP00562B043615`
 * and `serialNumber=PID:CP-8841-3PCC SN:FCH2443D9R4`. So the MAC is looked for in every other field, whatever its name.
 */
export function readCertificate(subject: string): CertificateSigns {
  const fields = subject.split(/[,\n/+]/).map(readField);
  const named = (names: readonly string[]): readonly string[] =>
    fields.filter(({ name }) => names.includes(name)).map(({ value }) => value);
  // A serial such as 88012BA01234 reads as a MAC too: the fields that carry serials are not asked for one.
  const mac = fields.filter(({ name }) => !SERIAL_FIELDS.includes(name)).map(({ value }) => macIn(value)).find((found) => found !== null) ?? null;
  const serials = [...named(['serialnumber']).map(serialIn), ...named(['l']).map(parseSerial)];
  return {
    mac,
    model: fields.map(({ value }) => findModel(value)).find((found) => found !== null) ?? null,
    serial: serials.find((found) => found !== null) ?? null,
  };
}

function readField(text: string): { readonly name: string; readonly value: string } {
  const at = text.indexOf('=');
  return { name: text.slice(0, Math.max(at, 0)).trim().toLowerCase(), value: text.slice(at + 1).trim() };
}

function macIn(value: string): Mac | null {
  return parseMac(value) ?? parseMac(/SEP([0-9A-F]{12})(?![0-9A-F])/i.exec(value)?.[1] ?? '');
}

function serialIn(value: string): Serial | null {
  return parseSerial(/\bSN:\s*(\w+)/i.exec(value)?.[1] ?? value);
}
