import { reportText, valueOf } from './configuration.ts';
import type { Configuration } from './configuration.ts';
import { placeOf } from './fetch.ts';
import { agentOf, expand } from './handset.ts';
import type { Handset } from './handset.ts';
import { httpSend } from './http-get.ts';
import { tftpPut } from './tftp-get.ts';
import { readUrl, urlText } from '../domain/rule/urls.ts';
import type { ProfileUrl } from '../domain/rule/urls.ts';

/** Two rules at most, parted by white space. */
const MOST_RULES = 2;

/**
 * Sends the whole configuration, secrets hidden, to each URL of Report_Rule; one attempt each, no retry.
 * `--delta`, `--status` and `--key` are not built yet and are told as a failure.
 */
export async function sendReports(handset: Handset): Promise<void> {
  const rules = valueOf(handset.configuration, 'Report_Rule').trim();
  if (rules === '') return;
  for (const rule of splitRules(rules)) {
    if (handset.power.aborted) return;
    const url = rule.startsWith('[') ? null : readUrl(expand(handset, rule, 'power-up'));
    const text = url ? urlText(url) : rule.replace(/^\[.*\]/, '[…]');
    const failed = (error: string): void => handset.note({ kind: 'report-failed', url: text, error });
    if (url === null) failed(rule.startsWith('[') ? 'Options in report rules are not supported' : 'Invalid URL in Report_Rule');
    else await sendOne(handset, url, failed);
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

async function sendOne(handset: Handset, url: ProfileUrl, failed: (error: string) => void): Promise<void> {
  if (url.scheme === 'https') return failed('This virtual phone speaks no TLS');
  const place = placeOf(handset, url);
  if ('error' in place) return failed(place.error);
  const body = reportText(handset.configuration);
  if (url.scheme === 'tftp') {
    const error = await tftpPut(place, Buffer.from(body, 'utf8'), handset.power);
    return error === null ? handset.note({ kind: 'reported', url: urlText(url), status: 'acknowledged' }) : failed(error);
  }
  const method = valueOf(handset.configuration, 'HTTP_Report_Method').trim().toUpperCase() === 'PUT' ? 'PUT' : 'POST';
  const answer = await httpSend(place, method, body, agentOf(handset), handset.power);
  if ('error' in answer) return failed(answer.error);
  if (answer.status >= 200 && answer.status < 300) handset.note({ kind: 'reported', url: urlText(url), status: String(answer.status) });
  else failed(`HTTP status ${answer.status}`);
}

/** White space inside `[…]` belongs to the options. */
function splitRules(text: string): readonly string[] {
  return (text.match(/(?:\[[^\]]*\]\s*)?\S+/g) ?? []).slice(0, MOST_RULES);
}
