import type { FileLayer } from '../../../common/values/doctor.ts';
import type { Failure } from '../../../common/values/failure.ts';
import { readContent } from '../content.ts';
import { gunzip, isGzip } from '../gzip.ts';

/** What a plaintext is. */
export interface Inside {
  readonly layers: readonly FileLayer[];
  readonly plain: Uint8Array;
  /** The plaintext with gzip undone, null where that went wrong. */
  readonly unpacked: Uint8Array | null;
  /** Gzip that inflates wholly with its checksum, or XML that is well-formed to its end: no chance bytes do that. */
  readonly isProof: boolean;
  /** `doctor.gzip-damaged`, `doctor.too-large`, `doctor.malformed`, `doctor.unknown`; null when all is well. */
  readonly fault: Failure | null;
}

export function lookInside(plain: Uint8Array, cap: number): Inside {
  if (!isGzip(plain)) {
    const { layer, fault } = describe(plain);
    return { layers: [layer], plain, unpacked: plain, isProof: fault === null, fault };
  }
  const gzipLayer: FileLayer = { kind: 'gzip', bytes: plain.length };
  const inflated = gunzip(plain, cap);
  if (!inflated.ok) {
    const isLarge = inflated.failure.code === 'crypto.unpacks-too-large';
    const fault: Failure = { code: isLarge ? 'doctor.too-large' : 'doctor.gzip-damaged', params: inflated.failure.params };
    // What inflated up to the limit without a fault is gzip, too.
    return { layers: [gzipLayer], plain, unpacked: null, isProof: isLarge, fault };
  }
  const { layer, fault } = describe(inflated.value);
  return { layers: [gzipLayer, layer], plain, unpacked: inflated.value, isProof: true, fault };
}

function describe(bytes: Uint8Array): { readonly layer: FileLayer; readonly fault: Failure | null } {
  const content = readContent(bytes);
  const unknown: FileLayer = { kind: 'unknown', bytes: bytes.length };
  switch (content.kind) {
    case 'xml':
      return { layer: { kind: 'xml', root: content.root.slice(0, 80), elements: content.elements }, fault: null };
    case 'malformed':
      return { layer: unknown, fault: { code: 'doctor.malformed', params: { line: content.line, column: content.column } } };
    case 'other':
      return { layer: unknown, fault: { code: 'doctor.unknown', params: {} } };
  }
}

/** The strict first ten bytes of gzip as real packers write them: chance makes one in 10¹². */
export function beginsAsGzip(plain: Uint8Array): boolean {
  const [flags = 255, extra = 255, system = 255] = [plain[3], plain[8], plain[9]];
  return isGzip(plain) && (flags === 0 || flags === 8) && [0, 2, 4].includes(extra) && (system <= 13 || system === 19 || system === 255);
}
