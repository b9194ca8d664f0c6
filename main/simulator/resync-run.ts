import { createHash } from 'node:crypto';
import { isOn, valueOf, withProfile } from './configuration.ts';
import { installAuthority } from './custom-ca.ts';
import type { ResyncReason } from './events.ts';
import { fetchFile, placeOf, shownUrl } from './fetch.ts';
import type { Handset } from './handset.ts';
import { readProfile } from './profile.ts';
import { resolveFirst } from './resolve-host.ts';
import { blockedBy, followRule } from './rule-run.ts';
import type { RuleTask } from './rule-run.ts';
import { saySyslog } from './say.ts';
import { unlock } from './unlock.ts';
import type { ProfileUrl } from '../domain/rule/urls.ts';

export interface AppliedProfile {
  readonly sha256: string;
  readonly bytes: number;
  readonly parameters: number;
}

/** How one whole resync ended. */
export type ResyncEnd =
  | { readonly reaction: 'A'; readonly url: string | null; readonly profile: AppliedProfile | null }
  | { readonly reaction: 'B' | 'C'; readonly error: string }
  /** A trigger is false: nothing was asked, and the clock goes on as after success. */
  | { readonly reaction: 'blocked' }
  | { readonly reaction: 'power-lost' };

const RULES = ['Profile_Rule', 'Profile_Rule_B', 'Profile_Rule_C', 'Profile_Rule_D'] as const;
/** Parameters that ask for something this virtual phone does not do; told, so that nobody waits for it. */
const NOT_ACTED_ON = ['Peer_Firmware_Sharing_Log_Server'] as const;

/**
 * Evaluates the profile rules in order and stops at the first that fails (DOMAIN: failure semantics of the guide).
 * @param onceRule a rule of a direct action: used instead of the phone's own, not kept.
 */
export async function runResync(handset: Handset, reason: ResyncReason, onceRule?: string): Promise<ResyncEnd> {
  // A false trigger blocks the resyncs that the phone makes by itself; direct actions pass it.
  const triggers = ['Resync_Trigger_1', 'Resync_Trigger_2'].map((name) => valueOf(handset.configuration, name));
  const blocked = reason === 'asked' ? null : blockedBy(handset, reason, triggers);
  if (blocked) return blocked.error === null ? block(handset) : fail(handset, reason, 'C', blocked.error);
  let end: ResyncEnd = { reaction: 'A', url: null, profile: null };
  const names = onceRule === undefined ? RULES : [null];
  for (const name of names) {
    const text = name === null ? (onceRule ?? '') : valueOf(handset.configuration, name);
    const next = await runRule(handset, reason, text, name === 'Profile_Rule');
    if (next === 'skipped') continue;
    end = next;
    if (end.reaction !== 'A') return end;
  }
  handset.resyncedAt = performance.now();
  handset.note({ kind: 'resynced', url: end.reaction === 'A' ? end.url : null });
  return end;
}

async function runRule(handset: Handset, reason: ResyncReason, text: string, isFirst: boolean): Promise<ResyncEnd | 'skipped'> {
  // Only Profile_Rule has the automatic names behind it; the others and a rule of the moment mean one file.
  const task = followRule(handset, reason, text, { kind: 'profile', automaticNames: isFirst });
  if (task.kind === 'skip') return 'skipped';
  return task.kind === 'fail' ? fail(handset, reason, 'C', task.error) : tryUrls(handset, reason, task);
}

async function tryUrls(handset: Handset, reason: ResyncReason, task: Extract<RuleTask, { kind: 'fetch' }>): Promise<ResyncEnd> {
  let missing = false;
  let error = '';
  let last: ProfileUrl | undefined;
  for (const url of task.urls) {
    if (handset.power.aborted) return { reaction: 'power-lost' };
    last = url;
    // The log line tells the address that the name leads to.
    await resolveFirst(handset, url.host);
    saySyslog(handset, 'Log_Request_Msg', reason, requestOf(handset, url));
    const fetched = await fetchFile(handset, url, task.manner);
    if (fetched.kind === 'power-lost') return { reaction: 'power-lost' };
    if (fetched.kind === 'file') {
      const end = takeProfile(handset, reason, url, fetched, task.key);
      return end.reaction === 'A' && (await installAuthority(handset)) ? { reaction: 'power-lost' } : end;
    }
    missing ||= fetched.reaction === 'B';
    // "Not found" says more than the refusals that follow it; without any, the first failure does.
    if (fetched.reaction === 'B' || error === '') error = fetched.error;
  }
  if (missing && !isOn(handset.configuration, 'Resync_Fails_On_FNF')) {
    saySyslog(handset, 'Log_Success_Msg', reason, last && requestOf(handset, last));
    return { reaction: 'A', url: null, profile: null };
  }
  return fail(handset, reason, missing ? 'B' : 'C', error, last);
}

function takeProfile(
  handset: Handset, reason: ResyncReason, url: ProfileUrl, file: { readonly bytes: Uint8Array; readonly coding?: string }, key: string | null,
): ResyncEnd {
  const { bytes } = file;
  const opened = unlock(file, key, handset.configuration);
  if (opened?.encrypted) handset.note({ kind: 'decrypted', by: opened.encrypted, digest: opened.digest });
  const read = opened && readProfile(opened.xml);
  if (!read?.ok) return fail(handset, reason, 'B', 'Corrupt file', url);
  handset.configuration = withProfile(handset.configuration, read.parameters);
  if (opened?.ikmForm) handset.ikmForm = opened.ikmForm;
  handset.note({ kind: 'applied', parameters: read.parameters.size, unknown: read.unknown.length });
  for (const name of NOT_ACTED_ON) {
    if ((read.parameters.get(name) ?? '') !== '') handset.note({ kind: 'not-acted-on', parameter: name });
  }
  // Said with the new values: the first profile names the syslog server that hears of its own success. Not confirmed on hardware.
  saySyslog(handset, 'Log_Success_Msg', reason, requestOf(handset, url));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { reaction: 'A', url: shownUrl(handset, url), profile: { sha256, bytes: bytes.length, parameters: read.parameters.size } };
}

function block(handset: Handset): ResyncEnd {
  handset.note({ kind: 'blocked' });
  return { reaction: 'blocked' };
}

function fail(handset: Handset, reason: ResyncReason, reaction: 'B' | 'C', error: string, url?: ProfileUrl): ResyncEnd {
  if (handset.power.aborted) return { reaction: 'power-lost' };
  saySyslog(handset, 'Log_Failure_Msg', reason, url && requestOf(handset, url), error);
  handset.note({ kind: 'failed', reaction, error });
  return { reaction, error };
}

function requestOf(handset: Handset, url: ProfileUrl): ReturnType<typeof placeOf> {
  return placeOf(handset, url);
}
