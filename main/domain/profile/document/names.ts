/** XML 1.0 fifth edition, productions 4 and 4a. */
const START = ':A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}';
const NAME = new RegExp(`[${START}][-${START}.0-9\\u00B7\\u0300-\\u036F\\u203F-\\u2040]*`, 'uy');
const PARAMETER = /^[A-Za-z_][\w.-]*$/;

const DIGIT_0 = 48;
const DIGIT_9 = 57;
const DOT = 46;
const DASH = 45;
const COLON = 58;
const UNDERSCORE = 95;
const TAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;

/** The XML name that begins at an offset; '' where none does. */
export function nameAt(text: string, offset: number): string {
  let end = offset;
  let code = text.charCodeAt(end);
  if (isPlainStart(code)) {
    while (isPlainStart(code) || (code >= DIGIT_0 && code <= DIGIT_9) || code === DOT || code === DASH) code = text.charCodeAt(++end);
  }
  // Nearly every name ends here: beyond are the colon and the letters of the world.
  if (code < 128 && code !== COLON) return text.slice(offset, end);
  NAME.lastIndex = offset;
  return NAME.exec(text)?.[0] ?? '';
}

function isPlainStart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === UNDERSCORE;
}

/** What a parameter can be called: letters, digits, `_`, `.` and `-` (`Enable_802.1X_Authentication`, `Enable_LLDP-MED`). */
export function isParameterName(name: string): boolean {
  return name.length <= 120 && PARAMETER.test(name);
}

/** White space of XML, which is not that of Unicode. */
export function isSpace(code: number): boolean {
  return code === SPACE || code === LF || code === CR || code === TAB;
}

/** First offset from `at` up to `end` that is no white space, or `end`. */
export function skipSpaces(text: string, at: number, end: number): number {
  let offset = at;
  while (offset < end && isSpace(text.charCodeAt(offset))) offset += 1;
  return offset;
}

/** The stretch without white space around it; an empty one lies at `to`. */
export function trimmed(text: string, from: number, to: number): { readonly from: number; readonly to: number } {
  const begin = skipSpaces(text, from, to);
  let end = to;
  while (end > begin && isSpace(text.charCodeAt(end - 1))) end -= 1;
  return { from: begin, to: end };
}
