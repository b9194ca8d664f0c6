import { valueOf } from './configuration.ts';
import { fetchFile, shownUrl } from './fetch.ts';
import { expand } from './handset.ts';
import type { Handset } from './handset.ts';
import { readAuthority } from './trust.ts';
import { readUrl } from '../domain/rule/urls.ts';

/**
 * Fetches the authority of `Custom_CA_Rule` and keeps it in the flash beside the configuration. One that cannot be had
 * leaves the old one. When a phone does this is not confirmed on hardware: here after each profile that names a rule, and
 * again only when the rule changed or none is held.
 * @returns true when the power was lost meanwhile
 */
export async function installAuthority(handset: Handset): Promise<boolean> {
  const rule = valueOf(handset.configuration, 'Custom_CA_Rule').trim();
  if (rule === '' || (handset.authority !== null && handset.authority.rule === rule)) return false;
  const url = readUrl(expand(handset, rule, 'power-up'));
  const refused = (shown: string, error: string): false => {
    handset.note({ kind: 'authority-refused', url: shown, error });
    return false;
  };
  if (url === null) return refused(rule, 'Invalid URL in Custom_CA_Rule');
  const fetched = await fetchFile(handset, url);
  if (fetched.kind === 'power-lost') return true;
  if (fetched.kind === 'failed') return refused(shownUrl(handset, url), fetched.error);
  const read = readAuthority(fetched.bytes);
  if (!read.ok) return refused(shownUrl(handset, url), read.error);
  handset.authority = { rule, pem: read.pem };
  handset.note({ kind: 'authority-installed', url: shownUrl(handset, url), name: read.name });
  return false;
}
