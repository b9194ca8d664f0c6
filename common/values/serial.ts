/** A Cisco serial number, upper case: three letters of site, year since 1996, week, four characters. */
export type Serial = string & { readonly serial: unique symbol };

const CISCO = /^[A-Z]{3}\d{2}(?:0[1-9]|[1-4]\d|5[0-3])[0-9A-Z]{4}$/;
const PLAUSIBLE = /^[0-9A-Z]{8,14}$/;

/** Reads `FCH2443D9R4`, or a label's `S/N: FCH2443D9R4`. Older gear has other shapes: 8–14 letters and digits are taken. */
export function parseSerial(text: string): Serial | null {
  const clean = text.trim().replace(/^(?:S\/N|SN|SERIAL)[:\s]*/i, '').toUpperCase();
  return PLAUSIBLE.test(clean) ? (clean as Serial) : null;
}

/** True for the usual Cisco shape; other shapes earn a remark, never a refusal. */
export function isUsualSerial(serial: Serial): boolean {
  return CISCO.test(serial);
}
