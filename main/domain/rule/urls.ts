export type Scheme = 'tftp' | 'http' | 'https';

export interface ProfileUrl {
  readonly scheme: Scheme;
  readonly host: string;
  /** null where the text names none: the scheme's own port. */
  readonly port: number | null;
  /** Begins with `/`; empty where the text ends after the host. Query included. */
  readonly path: string;
}

const URL_TEXT = /^(?:([a-z]+):\/\/)?([A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)(?::(\d{1,5}))?(\/[^\s]*)?$/i;
/** Ports that a URL means when it names none. */
export const DEFAULT_PORTS: Readonly<Record<Scheme, number>> = { tftp: 69, http: 80, https: 443 };

const SCHEMES: readonly Scheme[] = ['tftp', 'http', 'https'];

/** The name that carries the MAC, asked for when the model's file is not there. */
const BY_MAC = '/Cisco/$PN/$MA.cfg';

/** Reads `[scheme://]host[:port][/path]` with macros already expanded; without scheme it is TFTP. null for anything else. */
export function readUrl(text: string): ProfileUrl | null {
  const match = URL_TEXT.exec(text.trim());
  const scheme = (match?.[1] ?? 'tftp').toLowerCase();
  const port = match?.[3] === undefined ? null : Number(match[3]);
  if (!match?.[2] || !isScheme(scheme) || (port !== null && (port < 1 || port > 65_535))) return null;
  return { scheme, host: match[2], port, path: match[4] ?? '' };
}

export function urlText(url: ProfileUrl): string {
  return `${url.scheme}://${url.host}${url.port === null ? '' : `:${url.port}`}${url.path}`;
}

/**
 * The URLs that a phone tries, in order, for a Profile_Rule that begins with `/` and the text of a DHCP option
 * (Cisco's migration guide): a URL with a path is asked as it is, then with the rule's name behind it, then with the name that
 * carries the MAC; a URL without path alike; a bare address by TFTP, HTTP and HTTPS with both names. Values after `;` follow.
 * @param rulePath its macros filled already, for they are filled once.
 * @param expand fills macros of the option; a value that cannot be read as any of the three gives no URL.
 */
export function urlsToTry(serverText: string, rulePath: string, expand: (text: string) => string): readonly ProfileUrl[] {
  const names = [rulePath, expand(BY_MAC)];
  return serverText
    .split(';')
    .map((value) => expand(value.trim()))
    .filter((value) => value !== '')
    .flatMap((value) => urlsOfValue(value, names));
}

/** One URL for a path, on the server that the first readable value names. Rules B, C and D go there too. */
export function urlOnServer(serverText: string, path: string): ProfileUrl | null {
  for (const value of serverText.split(';')) {
    const server = readUrl(value);
    if (server) return { ...server, path };
  }
  return null;
}

function urlsOfValue(value: string, names: readonly string[]): readonly ProfileUrl[] {
  const url = readUrl(value);
  if (!url) return [];
  if (!value.includes('://') && url.path === '') {
    return SCHEMES.flatMap((scheme) => names.map((path) => ({ ...url, scheme, path })));
  }
  const folder = url.path.replace(/\/+$/, '');
  return [{ ...url, path: folder === '' ? '' : url.path }, ...names.map((name) => ({ ...url, path: folder + name }))];
}

function isScheme(text: string): text is Scheme {
  return (SCHEMES as readonly string[]).includes(text);
}
