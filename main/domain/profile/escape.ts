const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** The five escapes that Cisco documents for profiles; everything else stays UTF-8. */
export function escapeXml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);
}

/** False for characters that XML 1.0 §2.2 cannot carry in any spelling: control characters, half surrogates, U+FFFE. */
export function isXmlText(text: string): boolean {
  return text.isWellFormed() && !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text);
}

/**
 * The shape of a reference (XML 1.0 §4.1), as the source of a pattern: decimal, hexadecimal, or one of the five names, whose
 * case counts. What it stands for tells `referenced`.
 */
export const REFERENCE = '&(?:#(\\d{1,7})|#x([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));';

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The character that a match of REFERENCE stands for; null where XML cannot carry it. */
export function referenced([, decimal, hex, name]: RegExpExecArray): string | null {
  if (name !== undefined) return NAMED[name] ?? null;
  const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  if (point > 0x10ffff || point === 0) return null;
  const sign = String.fromCodePoint(point);
  return isXmlText(sign) ? sign : null;
}
