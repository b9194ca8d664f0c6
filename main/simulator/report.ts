import { encodeAes128gcm } from '../crypto/aes128gcm.ts';
import { opensslEncrypt } from '../crypto/openssl-container.ts';
import { resolveRule } from '../domain/rule/resolve.ts';
import type { ResolvedTarget } from '../domain/rule/resolve.ts';
import { urlText } from '../domain/rule/urls.ts';
import type { ProfileUrl } from '../domain/rule/urls.ts';
import { reportText, valueOf } from './configuration.ts';
import type { Configuration } from './configuration.ts';
import { placeOf } from './fetch.ts';
import { agentOf, factsOf, tlsSide } from './handset.ts';
import { resolveHost } from './resolve-host.ts';
import type { Handset } from './handset.ts';
import { httpSend } from './http-get.ts';
import { wrongText } from './rule-run.ts';
import { tftpPut } from './tftp-get.ts';
import { ikmOf } from './unlock.ts';

/** A report as it goes out. */
interface ReportBody {
  readonly bytes: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Sends the whole configuration, secrets hidden, to each URL of Report_Rule; one attempt each, no retry. `--key` encrypts it in the
 * openssl container, else IKM_HTTP_Encrypt_Content by RFC 8188. What a `--delta` and a `--status` body look like no public text
 * says: both are told as a failure.
 */
export async function sendReports(handset: Handset): Promise<void> {
  const { targets, ends, problems } = resolveRule('report', valueOf(handset.configuration, 'Report_Rule'), factsOf(handset, 'power-up'));
  if (ends?.code === 'rule.end.empty' || ends?.code === 'rule.end.none-true') return;
  if (ends) return handset.note({ kind: 'report-failed', url: '', error: ends.code === 'rule.end.wrong' ? wrongText(problems) : `Report rule: ${ends.code}` });
  for (const target of targets) {
    const [url] = target.urls;
    if (handset.power.aborted || !url) return;
    const failed = (error: string): void => handset.note({ kind: 'report-failed', url: urlText(url), error });
    if (target.report === 'all') await sendOne(handset, url, target, failed);
    else failed(`The body of --${target.report} is not documented`);
  }
}

/** Real seconds are the phone's seconds over `pace`; null where the phone is not told to report by itself. */
export function reportPeriod(configuration: Configuration): number | null {
  if (valueOf(configuration, 'Report_Rule').trim() === '') return null;
  if (valueOf(configuration, 'Report_To_Server').trim().toLowerCase() !== 'periodically') return null;
  const seconds = Number(valueOf(configuration, 'Periodic_Upload_To_Server'));
  // 600–2,592,000 s by the guide.
  return Number.isInteger(seconds) ? Math.min(2_592_000, Math.max(600, seconds)) : 3600;
}

async function sendOne(handset: Handset, url: ProfileUrl, target: ResolvedTarget, failed: (error: string) => void): Promise<void> {
  await resolveHost(handset, url.host);
  const place = placeOf(handset, url);
  if ('error' in place) return failed(place.error);
  const body = bodyOf(handset, target, url);
  if (body === null) return failed('The key of the report cannot be used');
  if (url.scheme === 'tftp') {
    const error = await tftpPut(place, Buffer.from(body.bytes), handset.power);
    return error === null ? handset.note({ kind: 'reported', url: urlText(url), status: 'acknowledged' }) : failed(error);
  }
  const answer = await httpSend(place, target.method === 'PUT' ? 'PUT' : 'POST', body, agentOf(handset), handset.power, url.scheme === 'https' ? tlsSide(handset) : null);
  if ('error' in answer) return failed(answer.error);
  if (answer.status >= 200 && answer.status < 300) handset.note({ kind: 'reported', url: urlText(url), status: String(answer.status) });
  else failed(`HTTP status ${answer.status}`);
}

/** RFC 8188 needs its HTTP header, so that it is nothing for TFTP. */
function bodyOf({ configuration, ikmForm }: Handset, { key }: ResolvedTarget, url: ProfileUrl): ReportBody | null {
  const plain = Buffer.from(reportText(configuration), 'utf8');
  if (key) {
    if (!key.text) return null;
    // MD5 is the derivation of the older documents; see the question of the digest in the README.
    return { bytes: opensslEncrypt(plain, key.text, 'md5'), headers: { 'Content-Type': 'application/octet-stream' } };
  }
  if (valueOf(configuration, 'IKM_HTTP_Encrypt_Content') === '' || url.scheme === 'tftp') return { bytes: plain, headers: { 'Content-Type': 'text/xml' } };
  const ikm = ikmOf(configuration, ikmForm);
  return ikm ? { bytes: encodeAes128gcm(plain, ikm), headers: { 'Content-Type': 'text/xml', 'Content-Encoding': 'aes128gcm' } } : null;
}
