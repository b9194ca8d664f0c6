import { done, failed, type Result } from '../../../common/values/failure.ts';

/** Macros that a template's own name may hold, with what a phone writes in their place. */
const MACROS: Readonly<Record<string, string>> = {
  MAC: '[0-9a-f]{2}(?:[:%-]?[0-9a-f]{2}){5}',
  MAU: '[0-9a-f]{12}',
  MA: '[0-9a-f]{12}',
  PSN: '[0-9a-z]{2,12}-3P[a-z]{1,3}',
  PN: '[a-z]{2,4}-[0-9a-z]{2,12}-3P[a-z]{1,3}',
  SN: '[0-9a-z]{6,16}',
};
const NAMES = /\$\(?(MAC|MAU|MA|PSN|PN|SN)\)?/g;
const LONGEST = 200;

/**
 * Reads the own name of a template (`b/$MA.xml`): what Profile_Rule_B to D ask for. Gives the one spelling that is kept,
 * without a leading slash.
 * @returns `template.path-wrong` for an empty part, a way upwards, a scheme, or a sign that no request path carries
 */
export function readOwnPath(text: string): Result<string> {
  const clean = text.trim().replace(/^\/+/, '');
  const parts = clean.split('/');
  const wrong =
    clean === '' || clean.length > LONGEST || !/^[\w$().,@+=~ /-]+$/.test(clean) ||
    parts.some((part) => part === '' || /^\.+$/.test(part) || part.startsWith('.'));
  return wrong ? failed('template.path-wrong', { path: text.slice(0, 60) }) : done(clean);
}

/** True when a request for `path` (decoded, any leading slashes) asks for the template of this own name. */
export function matchesOwnPath(own: string, path: string): boolean {
  return patternOf(own).test(path.replace(/^\/+/, ''));
}

const patterns = new Map<string, RegExp>();

function patternOf(own: string): RegExp {
  const known = patterns.get(own);
  if (known) return known;
  if (patterns.size > 500) patterns.clear();
  let source = '';
  let from = 0;
  for (const { 0: whole, 1: name = '', index } of own.matchAll(NAMES)) {
    source += escaped(own.slice(from, index)) + (MACROS[name] ?? '');
    from = index + whole.length;
  }
  const pattern = new RegExp(`^${source}${escaped(own.slice(from))}$`, 'i');
  patterns.set(own, pattern);
  return pattern;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
