import type { Mac } from '../../../common/values/mac.ts';
import { effective, readDocument } from '../../domain/profile/document/document.ts';
import type { Store } from '../../store/store.ts';

/**
 * What a phone was served by all of its rules, as one masked profile: of a parameter that several profiles hold, the one
 * served later wins, as on the phone. A template that is not for this phone any more plays no part. null when it was never
 * served.
 */
export async function servedTogether({ served }: Pick<Store, 'served'>, mac: Mac, isFor: (template: string) => boolean): Promise<string | null> {
  const rows = (await served.all(mac)).filter(({ template }) => isFor(template));
  const [only] = rows;
  if (rows.length <= 1) return only?.masked ?? null;
  const elements = new Map<string, string>();
  for (const { masked } of rows) {
    for (const [name, { span }] of effective(readDocument(masked))) elements.set(name, masked.slice(span.from, span.to));
  }
  return `<flat-profile>\n${Array.from(elements.values()).join('\n')}\n</flat-profile>\n`;
}
