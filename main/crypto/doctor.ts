import type { DoctorVerdict, FileLayer } from '../../common/values/doctor.ts';
import { decodeText, holdsText, isPrintable } from './content.ts';
import { keyVariants } from './doctor/key-variants.ts';
import { lookInside, type Inside } from './doctor/inside.ts';
import { openCoded, readLikelyHeader, type CodedFit } from './doctor/open-coded.ts';
import { openSalted, type Fit } from './doctor/open-salted.ts';
import { opensslCommand } from './doctor/openssl-command.ts';
import { readHeader } from './aes128gcm.ts';
import { gunzip, isGzip, UNPACKED_CAP } from './gzip.ts';
import { BLOCK_BYTES, isSalted, isWholeBlocks, splitContainer } from './openssl-container.ts';

export interface Examined {
  readonly verdict: DoctorVerdict;
  /** What was inside the encryption, or the file itself when it was not encrypted; null in any doubt. */
  readonly plain: Uint8Array | null;
  /** The same with gzip undone; null in any doubt, and where gzip does not come out whole. */
  readonly unpacked: Uint8Array | null;
}

/**
 * Says what a file is and opens it with a key, as typed or after the usual accidents. Never calls garbage a success: see
 * `DoctorVerdict`. Files of 8 MB take 0.3 s of one core at the most, a wrong key for a small one 0.1 s.
 * @param key as typed; null: only says what can be seen from outside
 * @param options `cap`: most bytes that gzip may unpack to, 8 MB by default
 */
export function examineFile(file: Uint8Array, key: string | null, options: { readonly cap?: number } = {}): Examined {
  const { cap = UNPACKED_CAP } = options;
  const armoured = readArmour(file);
  if (armoured) return wrapped({ kind: 'base64', bytes: file.length }, examineSalted(armoured, key, cap), 'doctor.opened-base64');
  if (isSalted(file)) return examineSalted(file, key, cap);
  if (isGzip(file)) {
    const inner = gunzip(file, cap);
    if (inner.ok && isSalted(inner.value)) {
      return wrapped({ kind: 'gzip', bytes: file.length }, examineSalted(inner.value, key, cap), 'doctor.opened-wrong-order');
    }
  }
  const inside = lookInside(file, cap);
  // A random salt begins with `<` once in 256 files.
  if (inside.isProof || isGzip(file) || (inside.fault?.code === 'doctor.malformed' && isText(file))) return examinePlain(inside);
  return examineUnmarked(file, key, cap);
}

/** Gzip or XML without encryption. */
function examinePlain({ layers, plain, unpacked, fault }: Inside): Examined {
  const isCut = fault?.code === 'doctor.gzip-damaged';
  const code = fault?.code ?? (layers[0]?.kind === 'gzip' ? 'doctor.plain-gzip' : 'doctor.plain-xml');
  return { verdict: verdictOf(isCut ? 'damaged' : 'not-encrypted', layers, code, fault?.params), plain, unpacked };
}

function examineSalted(file: Uint8Array, key: string | null, cap: number): Examined {
  const { salt, ciphertext } = splitContainer(file);
  const layer = { kind: 'salted', salt: Buffer.from(salt).toString('hex'), digest: null } as const;
  const isWhole = isWholeBlocks(ciphertext);
  if (key === null || key === '') {
    return closed(isWhole ? verdictOf('needs-key', [layer], 'doctor.needs-key') : verdictOf('damaged', [layer], 'doctor.cut'));
  }
  const fit = salt.length === 8 ? openSalted({ salt, bytes: ciphertext, cap }, keyVariants(key)) : null;
  if (fit) return opened(fit, { ...layer, digest: fit.derivation });
  return closed(isWhole ? verdictOf('wrong-key', [layer], 'doctor.wrong-key') : verdictOf('damaged', [layer], 'doctor.cut'));
}

/** RFC 8188 and `openssl enc -K` have no mark of their own: only a key that fits tells them. */
function examineUnmarked(file: Uint8Array, key: string | null, cap: number): Examined {
  const unknown: FileLayer = { kind: 'unknown', bytes: file.length };
  const likely = readLikelyHeader(file);
  const layer = codedLayer(file);
  if (key === null || key === '') {
    if (likely && layer) return closed(verdictOf('needs-key', [layer], 'doctor.needs-ikm'));
    return closed(verdictOf('unknown', [unknown], file.length === 0 ? 'doctor.empty' : headless(file)));
  }
  const variants = keyVariants(key);
  const coded = layer && openCoded(file, variants);
  if (layer && coded) return openedCoded(coded, layer, cap);
  const fit = file.length > BLOCK_BYTES ? openSalted({ salt: new Uint8Array(0), bytes: file, cap }, variants) : null;
  if (fit) return opened(fit, { kind: 'salted', salt: '', digest: fit.derivation });
  if (likely && layer) return closed(verdictOf('wrong-key', [layer], 'doctor.wrong-ikm'));
  return closed(verdictOf('unknown', [unknown], file.length === 0 ? 'doctor.empty' : headless(file)));
}

function openedCoded({ plain, fault, variant: { accidents }, form }: CodedFit, layer: FileLayer, cap: number): Examined {
  if (plain === null) return closed(verdictOf('damaged', [layer], fault?.code ?? 'doctor.unknown', fault?.params, accidents));
  const inside = lookInside(plain, cap);
  const isTyped = accidents.length === 0;
  const code = insideCode(inside) ?? (isTyped ? 'doctor.opened-ece' : 'doctor.opened-accident');
  const verdict = verdictOf(isTyped ? 'opened' : 'opened-otherwise', [layer, ...inside.layers], code, { form, ...inside.fault?.params }, accidents);
  return { verdict, plain, unpacked: inside.unpacked };
}

function opened({ variant, derivation, inside, fault }: Fit, layer: FileLayer): Examined {
  if (!inside) return closed(verdictOf('damaged', [layer], fault?.code ?? 'doctor.unknown', fault?.params, variant.accidents));
  const isTyped = variant.accidents.length === 0;
  const isPhones = derivation === 'md5' || derivation === 'sha256';
  const how = isPhones ? (isTyped ? 'doctor.opened' : 'doctor.opened-accident') : `doctor.opened-${derivation}`;
  const layers = [layer, ...inside.layers];
  const params = { digest: derivation, ...inside.fault?.params };
  const openssl = opensslCommand(derivation, variant, inside.layers[0]?.kind === 'gzip', layer.kind === 'salted' && layer.salt !== '');
  const verdict = verdictOf(isTyped && isPhones ? 'opened' : 'opened-otherwise', layers, insideCode(inside) ?? how, params, variant.accidents, openssl);
  return { verdict, plain: inside.plain, unpacked: inside.unpacked };
}

/** What is wrong inside is more than how it was opened. */
function insideCode({ fault }: Inside): string | null {
  return fault && `${fault.code}-inside`;
}

function wrapped(layer: FileLayer, examined: Examined, code: string): Examined {
  const { verdict } = examined;
  const layers = [layer, ...verdict.layers];
  if (verdict.verdict !== 'opened' && verdict.verdict !== 'opened-otherwise') return { ...examined, verdict: { ...verdict, layers } };
  const command = verdict.openssl ?? '';
  const openssl = layer.kind === 'base64' ? command.replace(' -in ', ' -a -in ') : `gunzip < FILE | ${command.replace(' -in FILE', '')}`;
  return { ...examined, verdict: { ...verdict, verdict: 'opened-otherwise', layers, code, openssl: verdict.openssl === null ? null : openssl } };
}

function isText(file: Uint8Array): boolean {
  return holdsText(file) || file.every(isPrintable);
}

/** The bytes of `openssl enc -a`, or null. */
function readArmour(file: Uint8Array): Uint8Array | null {
  if (!decodeText(file.subarray(0, 32)).trimStart().startsWith('U2FsdGVkX1')) return null;
  const text = Buffer.from(file).toString('latin1').replaceAll(/\s+/g, '');
  return /^[A-Za-z0-9+/]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : null;
}

function codedLayer(file: Uint8Array): FileLayer | null {
  const header = readHeader(file);
  if (!header) return null;
  const { recordSize, keyId, records } = header;
  return { kind: 'aes128gcm', recordSize, keyId: decodeText(keyId), records: Math.ceil(records.length / recordSize) };
}

/** What looks like blocks of a cipher without any header may be what openssl writes with `-K` or `-S`. */
function headless(file: Uint8Array): string {
  return isWholeBlocks(file) ? 'doctor.perhaps-headless' : 'doctor.unknown';
}

function closed(verdict: DoctorVerdict): Examined {
  return { verdict, plain: null, unpacked: null };
}

function verdictOf(
  verdict: DoctorVerdict['verdict'],
  layers: readonly FileLayer[],
  code: string,
  params: DoctorVerdict['params'] = {},
  accidents: readonly string[] = [],
  openssl: string | null = null,
): DoctorVerdict {
  return { verdict, layers, accidents, code, params, openssl };
}
