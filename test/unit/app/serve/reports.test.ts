import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Mac } from '../../../../common/values/mac.ts';
import { IKM_FORMS } from '../../../../common/values/protection.ts';
import { createReports } from '../../../../main/app/serve/reports.ts';
import { encodeAes128gcm } from '../../../../main/crypto/aes128gcm.ts';
import type { ReportRow } from '../../../../main/store/store.ts';
import { DICTIONARY } from '../../../support/lint/dictionary.ts';

const MAC = '00562b043615' as Mac;
const XML = '<flat-profile><Station_Name ua="na">Desk 7</Station_Name></flat-profile>';
/** Of no form but the one that it was written in: bytes 0xfb 0xff need `+` and `/`. */
const KEY = Buffer.from('fbfffb00112233445566778899aabbff', 'hex');

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dialbench-reports-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function bench(key: string) {
  const rows: Omit<ReportRow, 'id'>[] = [];
  const reports = createReports({
    store: { reports: { add: async (row: Omit<ReportRow, 'id'>) => rows.push(row) }, served: { all: async () => [] } } as never,
    ring: { candidates: (_mac: Mac | null, use: string) => (use === 'ikm' ? [key] : []) } as never,
    dictionary: async () => DICTIONARY,
    isFor: () => () => true,
    trouble: (cause) => expect(cause).toBeNull(),
  });
  return { rows, reports };
}

describe('a report under RFC 8188', () => {
  it.each(IKM_FORMS)('is opened when the key is written as %s', async (form) => {
    const key = form === 'text' ? 'a plain sentence' : KEY.toString(form);
    const body = encodeAes128gcm(Buffer.from(XML), form === 'text' ? Buffer.from(key) : KEY);
    const file = join(folder, form);
    await writeFile(file, body);
    const { rows, reports } = bench(key);
    await reports.take({ mac: MAC, at: 1, path: '/r.xml', file, bytes: body.length, sha256: createHash('sha256').update(body).digest('hex'), contentEncoding: 'aes128gcm' }, 'report');
    expect(rows).toMatchObject([{ kind: 'report', encrypted: 'aes128gcm', parameters: 1, failure: null, masked: XML }]);
  });
});
