import type { ReportView } from '../../../common/values/report.ts';
import { unescapeXml } from '../../domain/profile/escape.ts';

/**
 * What a phone reported, by the `Report_Rule` that it was served: up to two rules parted by a space, each with `--delta` or
 * `--status` in brackets, or nothing for the whole configuration. Without a rule that fits the path, a body that is a
 * configuration counts as a whole one.
 */
export function reportKind(path: string, served: string | null, isProfile: boolean): Exclude<ReportView['kind'], 'post'> {
  const rule = unescapeXml(/<Report_Rule(?:\s[^>]*)?>([^<]*)<\/Report_Rule\s*>/.exec(served ?? '')?.[1] ?? '').trim();
  const parts = Array.from(rule.matchAll(/(\[[^\]]*\])?\s*([^\s[\]]+)/g));
  for (const [, options = '', url = ''] of parts) {
    if (!matches(url, path)) continue;
    if (/--status\b/.test(options)) return 'status';
    if (/--delta\b/.test(options)) return isProfile ? 'delta' : 'other';
  }
  return isProfile ? 'report' : 'other';
}

/** The path of a rule's URL with its macros as anything that holds no slash. */
function matches(url: string, path: string): boolean {
  const own = url.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/^\/+/, '');
  if (own === '') return false;
  const source = own.split(/\$\(?[A-Z]+(?::\d+){0,2}\)?/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('[^/]*');
  return new RegExp(`^${source}$`, 'i').test(path.replace(/^\/+/, ''));
}
