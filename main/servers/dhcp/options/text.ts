const reader = new TextDecoder('utf-8');
const writer = new TextEncoder();

/**
 * A stranger's text: up to 255 characters, cut at the first NUL (Cisco phones end option 60 with one), control characters
 * made visible as `?`.
 */
export function readText(value: Uint8Array | undefined): string {
  if (value === undefined) return '';
  const end = value.indexOf(0);
  const text = reader.decode(end < 0 ? value : value.subarray(0, end));
  return text.slice(0, 255).replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, '?');
}

/** Without a closing NUL: RFC 2132 §2 wants none, and a URL with one confuses phones. */
export function writeText(text: string): Uint8Array {
  return writer.encode(text);
}
