import type { CertificatesView } from '../../../common/contract/views/certificates.ts';
import type { CertificateFacts } from '../../../common/values/certificate.ts';

const DAY = 86_400_000;
/** Fewer days than this and a batch may outlive the certificate. */
const SOON = 30;

export interface Validity {
  readonly state: 'valid' | 'soon' | 'ended' | 'not-yet';
  /** Whole days that are left, or since when it is over, or until it begins. */
  readonly days: number;
}

/** How long a certificate still holds, in whole days: the last day counts until its end. */
export function validity(facts: Pick<CertificateFacts, 'from' | 'to'>, now: number): Validity {
  if (now < facts.from) return { state: 'not-yet', days: Math.ceil((facts.from - now) / DAY) };
  if (now >= facts.to) return { state: 'ended', days: Math.floor((now - facts.to) / DAY) };
  const days = Math.ceil((facts.to - now) / DAY);
  return { state: days <= SOON ? 'soon' : 'valid', days };
}

/** `7F:0C:91:E4:…:5A:D2`: enough for two people on the telephone; the whole stands beside it for who compares it. */
export function shortFingerprint(fingerprint: string): string {
  const pairs = fingerprint.split(':');
  return pairs.length <= 7 ? fingerprint : `${pairs.slice(0, 4).join(':')}:…:${pairs.slice(-2).join(':')}`;
}

/** `O=Dialbench, CN=Dialbench CA 79FA` as people say it: the common name, with the organisation where it is not in it already. */
export function signerName(issuer: string): string {
  const parts = new Map(issuer.split(/,\s*(?=[A-Za-z]+=)/).map((part) => [part.slice(0, part.indexOf('=')).trim(), part.slice(part.indexOf('=') + 1).trim()]));
  const name = parts.get('CN');
  const organisation = parts.get('O');
  if (name === undefined) return organisation ?? issuer;
  return organisation === undefined || name.includes(organisation) ? name : `${name}, ${organisation}`;
}

/** Whole days that the certificate began before today. */
export function daysBack(facts: Pick<CertificateFacts, 'from'>, now: number): number {
  return Math.max(0, Math.floor((now - facts.from) / DAY));
}

/** Names as a person writes them: one a line, or with commas or blanks between. Twice the same counts once. */
export function readNames(text: string): readonly string[] {
  return [...new Set(text.split(/[\s,;]+/).map((name) => name.trim().toLowerCase()).filter((name) => name !== ''))];
}

/** A whole number of days from 1 to 825, or null. */
export function readDays(text: string): number | null {
  const clean = text.trim();
  return /^\d{1,3}$/.test(clean) && Number(clean) >= 1 && Number(clean) <= 825 ? Number(clean) : null;
}

/** The name that the remark asks for, where the bench itself can make a certificate with it. */
export function nameWanted(view: CertificatesView): string | null {
  const name = view.remark?.params['name'];
  return view.origin === 'bench' && typeof name === 'string' ? name : null;
}
