import { done, failed, type Result } from '../../../common/values/failure.ts';
import { parseIpv4, type Ipv4 } from '../../../common/values/ip.ts';

/** What a server certificate is for: host names in lower case, and addresses of the bench. */
export interface CertificateNames {
  /** The first is the common name: phones of older loads look at nothing else. */
  readonly hosts: readonly string[];
  readonly addresses: readonly Ipv4[];
}

/** RFC 1123 §2.1; at least one dot, because phones compare a whole FQDN. */
const HOST = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** Upper bound of a common name (RFC 5280, ub-common-name). */
const LONGEST_COMMON_NAME = 64;

/**
 * Sorts names as a person types them into host names and addresses, doubles dropped. Refuses what is neither, with
 * `pki.name-bad`, and a first host name that does not fit into the common name, with `pki.name-long`.
 */
export function readNames(texts: readonly string[]): Result<CertificateNames> {
  const hosts = new Set<string>();
  const addresses = new Set<Ipv4>();
  for (const text of texts) {
    const name = text.trim().toLowerCase().replace(/\.$/, '');
    const address = parseIpv4(name);
    if (address) addresses.add(address);
    // Four numbers with dots that are no address are a typing error, not a host.
    else if (HOST.test(name) && !/^[\d.]+$/.test(name)) hosts.add(name);
    else return failed('pki.name-bad', { name: text.slice(0, 80) });
  }
  const [first] = hosts;
  if (first !== undefined && first.length > LONGEST_COMMON_NAME) return failed('pki.name-long', { name: first, most: LONGEST_COMMON_NAME });
  return done({ hosts: [...hosts], addresses: [...addresses] });
}
