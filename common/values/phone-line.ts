import { parseMac, type Mac } from './mac.ts';
import { findModel, type Model } from './model.ts';

/** What a phone says of its own resync or upgrade. */
export interface PhoneLine {
  readonly model: Model | null;
  readonly mac: Mac | null;
  readonly what: 'resync' | 'upgrade';
  readonly outcome: 'requesting' | 'successful' | 'failed';
  readonly url?: string;
  /** What the phone gives as reason, in its own words. */
  readonly error?: string;
  /** Load that it runs, where its message was made to end with `-- $SWVER`. */
  readonly version?: string;
}

/** Longest line that is looked at: real ones stay under 400 characters. */
const LONGEST = 1_024;
const HINT = /resync|upgrade/i;
/** `%` stands in the default of older loads: `Requesting % $SCHEME://…`. */
const STARTED = /\b(requesting|successful)\s+(?:%\s+)?(resync|upgrade)\b[\s%]*(\S+)?/i;
const FAILED = /\b(resync|upgrade)\s+failed\b[\s:]*(.*)/i;
const MAC = /(?:^|[^0-9a-z])((?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}|[0-9a-f]{12})(?![0-9a-z])/i;
/** `$SWVER` behind the last dashes; the name of a file to fetch ends with `.loads`. */
const VERSION = /\s[-–—]+\s+(sip[0-9a-z_]{1,20}\.\d[0-9A-Za-z-]{2,40})\s*$/i;
const REASON = /\s[-–—]+\s+(.+)$/;

/**
 * Reads the lines of `Log_Request_Msg`, `Log_Success_Msg`, `Log_Failure_Msg` and their upgrade twins. The templates can
 * be edited on the phone, so only the verb is required: `$PN $MAC -- Successful resync $SCHEME://$SERVIP:$PORT$PATH`,
 * any run of dashes, any identifier in front, model or MAC missing.
 * @returns null for every other line.
 */
export function parsePhoneLine(text: string): PhoneLine | null {
  if (!HINT.test(text)) return null;
  const line = text.slice(0, LONGEST);
  const failed = FAILED.exec(line);
  if (failed) {
    const before = line.slice(0, failed.index);
    const error = (failed[2] ?? '').trim();
    return { ...readSender(before), what: word(failed[1]), outcome: 'failed', ...(error === '' ? {} : { error }) };
  }
  const started = STARTED.exec(line);
  if (!started) return null;
  const before = line.slice(0, started.index);
  const url = readUrl(started[3]);
  const rest = line.slice(started.index + started[0].length);
  const version = VERSION.exec(rest)?.[1];
  const error = version === undefined ? REASON.exec(rest)?.[1]?.trim() : undefined;
  return {
    ...readSender(before),
    what: word(started[2]),
    outcome: started[1]?.toLowerCase() === 'successful' ? 'successful' : 'requesting',
    ...(url === undefined ? {} : { url }),
    ...(version === undefined ? {} : { version }),
    ...(error === undefined || error === '' ? {} : { error }),
  };
}

function word(text: string | undefined): 'resync' | 'upgrade' {
  return text?.toLowerCase() === 'upgrade' ? 'upgrade' : 'resync';
}

function readSender(before: string): { readonly model: Model | null; readonly mac: Mac | null } {
  const mac = MAC.exec(before)?.[1];
  return { model: findModel(before), mac: mac === undefined ? null : parseMac(mac) };
}

function readUrl(text: string | undefined): string | undefined {
  return text !== undefined && /^(?:[a-z]+:\/\/|\/)/i.test(text) ? text : undefined;
}
