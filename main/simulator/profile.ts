import { gunzipSync } from 'node:zlib';
import { SaxesParser } from 'saxes';
import { isKnownParameter } from './parameter-names.ts';

/** Largest profile that the virtual phone reads, unpacked. Real exports are below 200 KB; the phone's own limit is not documented. */
export const MAX_PROFILE_BYTES = 4 * 1024 * 1024;

export type ReadProfile =
  | { readonly ok: true; readonly parameters: ReadonlyMap<string, string>; readonly unknown: readonly string[] }
  | { readonly ok: false; readonly cause: string };

/**
 * Reads flat-profile XML as the phone does: the file's first bytes tell what it is, not its name; of two elements with one name
 * the last wins; unknown elements are passed over; a value loses the white space around it and its line ends become spaces.
 * An empty element empties the parameter (Cisco's own texts disagree: some loads go back to the factory value), and so does `""`.
 */
export function readProfile(bytes: Uint8Array): ReadProfile {
  const plain = unpack(bytes);
  if (plain === null) return { ok: false, cause: 'the gzip data is damaged or too large' };
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(plain);
  } catch {
    return { ok: false, cause: 'the file is neither UTF-8 text nor gzip' };
  }
  return readXml(text);
}

function unpack(bytes: Uint8Array): Uint8Array | null {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: MAX_PROFILE_BYTES });
  } catch {
    return null;
  }
}

function readXml(text: string): ReadProfile {
  const parameters = new Map<string, string>();
  const unknown = new Set<string>();
  const open: string[] = [];
  let value = '';
  let roots = 0;
  const parser = new SaxesParser();
  // Depth of the element whose children are parameters: <flat-profile> alone or inside <device>.
  const insideProfile = (): boolean => open.at(-2) === 'flat-profile' && (open.length === 2 || (open.length === 3 && open[0] === 'device'));
  parser.on('opentag', (tag) => {
    open.push(tag.name);
    if (tag.name === 'flat-profile' && (open.length === 1 || (open.length === 2 && open[0] === 'device'))) roots += 1;
    if (insideProfile()) value = '';
  });
  const collect = (part: string): void => {
    if (insideProfile()) value += part;
  };
  parser.on('text', collect);
  parser.on('cdata', collect);
  parser.on('closetag', (tag) => {
    if (insideProfile()) {
      if (isKnownParameter(tag.name)) parameters.set(tag.name, cleanValue(value));
      else unknown.add(tag.name);
    }
    open.pop();
  });
  try {
    // Without a handler for 'error', saxes throws at the first fault, as the phone refuses the whole file. It expands no entity of a DTD.
    parser.write(text).close();
  } catch (error) {
    return { ok: false, cause: error instanceof Error ? error.message : String(error) };
  }
  return roots === 0 ? { ok: false, cause: 'there is no flat-profile element' } : { ok: true, parameters, unknown: [...unknown] };
}

function cleanValue(text: string): string {
  const clean = text.replaceAll(/\r\n|[\r\n]/g, ' ').trim();
  return clean === '""' ? '' : clean;
}
