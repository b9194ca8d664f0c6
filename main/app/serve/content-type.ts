import { extname } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.xml': 'text/xml',
  '.cfg': 'text/xml',
  '.txt': 'text/plain',
  '.pem': 'application/x-pem-file',
  '.crt': 'application/x-x509-ca-cert',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.bmp': 'image/bmp',
};

/**
 * The type of a static file by its name. A `.gz` stays octet-stream without a content coding: the phone looks at the
 * bytes, and whether it knows HTTP's gzip coding is not documented.
 */
export function contentTypeOf(file: string): string {
  return TYPES[extname(file).toLowerCase()] ?? 'application/octet-stream';
}
