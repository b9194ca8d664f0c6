import { readLoads } from '../domain/firmware/loads-file.ts';
import { sampleChecks } from '../domain/firmware/sample.ts';
import type { SampleCheck } from '../domain/firmware/sample.ts';
import type { ProfileUrl } from '../domain/rule/urls.ts';
import { valueOf } from './configuration.ts';
import type { ResyncReason } from './events.ts';
import type { Fault } from './faults.ts';
import { fetchFile, placeOf, shownUrl, streamImage } from './fetch.ts';
import type { RequestManner } from './fetch.ts';
import { rest } from './handset.ts';
import type { Flash, Handset } from './handset.ts';
import { resolveFirst } from './resolve-host.ts';
import { followRule } from './rule-run.ts';
import { saySyslog } from './say.ts';
import type { ImageManner } from './strike.ts';
import { chooseImages, versionOf } from './upgrade-images.ts';
import { afterFailure, isBelowLimit, mayUpgrade } from './upgrade-retry.ts';

/** How one look at Upgrade_Rule ended. */
export type UpgradeEnd =
  /** No rule, no alternative true, the load runs already, or it is not time to try again. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'failed'; readonly error: string }
  | { readonly kind: 'power-lost'; readonly fault: Fault }
  /** The flash is written; the phone must start again with this. */
  | { readonly kind: 'written'; readonly flash: Flash };

/** One attempt: where its list lies, and whose it is. */
interface Attempt {
  readonly handset: Handset;
  readonly reason: ResyncReason;
  readonly rule: string;
  readonly url: ProfileUrl;
  readonly manner: RequestManner;
}

/** Rest of the `slow` fault between two blocks of an image: some 70 kB/s by TFTP. */
const SLOW_IMAGE_MS = 20;
/** The phone's seconds that writing takes, at least, and what chance adds. */
const WRITE_SECONDS = 60;
const WRITE_SPREAD = 60;

/**
 * Evaluates Upgrade_Rule with the load that runs, and does what it says: fetches the list, then the images of the phone's own
 * platform one after the other, checks and writes them. The caller starts the phone again.
 * @param onceRule the URL of a direct action: followed whatever failed before, and not kept
 */
export async function runUpgrade(handset: Handset, reason: ResyncReason, onceRule?: string): Promise<UpgradeEnd> {
  const rule = onceRule ?? valueOf(handset.configuration, 'Upgrade_Rule');
  const task = followRule(handset, reason, rule, { kind: 'upgrade', automaticNames: false });
  if (task.kind === 'skip') return { kind: 'nothing' };
  const [url] = task.kind === 'fetch' ? task.urls : [];
  const shown = url ? shownUrl(handset, url) : '';
  const target = url ? versionOf(nameOf(url), null) : null;
  if (target !== null && isRunning(handset, target)) return { kind: 'nothing' };
  const { failedUpgrade } = handset;
  if (onceRule === undefined && failedUpgrade && !mayUpgrade(failedUpgrade, rule, shown, performance.now(), handset.options.pace)) {
    handset.note({ kind: 'upgrade-held', url: shown === '' ? null : shown, until: retryAt(handset) });
    return { kind: 'nothing' };
  }
  if (task.kind === 'fail' || !url) return failUpgrade(handset, reason, rule, null, task.kind === 'fail' ? task.error : 'No URL in Upgrade_Rule');
  // The log line tells the address that the name leads to.
  await resolveFirst(handset, url.host);
  handset.note({ kind: 'upgrade-asked', url: shown, from: handset.flash.running, target });
  const attempt = { handset, reason, rule, url, manner: task.manner };
  saySyslog(handset, 'Log_Upgrade_Request_Msg', reason, placeOf(handset, url));
  const end = target !== null && target === handset.flash.inactive ? holdsAlready(handset, target) : await download(attempt, target);
  if (handset.power.aborted) return { kind: 'nothing' };
  if ('error' in end) return failUpgrade(handset, reason, rule, url, end.error);
  return end.kind === 'whole' ? write(attempt, end.target) : end;
}

/** Milliseconds since 1970 of the next try by itself; null for never. */
export function retryAt({ failedUpgrade, options }: Handset): number | null {
  if (failedUpgrade === null || failedUpgrade.retryAfter === null) return null;
  return Date.now() + Math.max(0, failedUpgrade.at - performance.now() + (failedUpgrade.retryAfter * 1000) / options.pace);
}

type Download =
  | { readonly kind: 'whole'; readonly target: string }
  /** Its list tells that the load runs already. */
  | { readonly kind: 'nothing' }
  | { readonly error: string }
  | { readonly kind: 'power-lost'; readonly fault: Fault };

function holdsAlready(handset: Handset, target: string): Download {
  handset.note({ kind: 'images', target, names: [], held: true });
  return isBelowLimit(target, valueOf(handset.configuration, 'Downgrade_Rev_Limit')) ? { error: 'Downgrade is below the limit' } : { kind: 'whole', target };
}

async function download(attempt: Attempt, named: string | null): Promise<Download> {
  const { handset, url, manner } = attempt;
  const limit = valueOf(handset.configuration, 'Downgrade_Rev_Limit');
  if (named !== null && isBelowLimit(named, limit)) return { error: 'Downgrade is below the limit' };
  const fetched = await fetchFile(handset, url, manner);
  if (fetched.kind === 'power-lost') return { kind: 'power-lost', fault: 'reboot-mid-transfer' };
  if (fetched.kind === 'failed') return { error: fetched.error };
  const list = readLoads(fetched.bytes, nameOf(url));
  const target = named ?? versionOf(nameOf(url), list);
  if (target === null) return { error: 'The version of the load cannot be told' };
  if (isRunning(handset, target)) return { kind: 'nothing' };
  if (isBelowLimit(target, limit)) return { error: 'Downgrade is below the limit' };
  const chosen = chooseImages(list, nameOf(url), handset.options.model);
  if (!chosen.ok) return { error: chosen.error };
  handset.note({ kind: 'images', target, names: chosen.names, held: false });
  const checks = sampleChecks(fetched.bytes);
  for (const [index, name] of chosen.names.entries()) {
    handset.note({ kind: 'image', name, number: index + 1, of: chosen.names.length });
    const end = await fetchImage(attempt, name, checks.get(name) ?? null);
    if (end !== null) return end;
  }
  return { kind: 'whole', target };
}

/** null when the image came whole. */
async function fetchImage({ handset, url, manner }: Attempt, name: string, check: SampleCheck | null): Promise<Exclude<Download, { kind: 'whole' }> | null> {
  const fetched = await streamImage(handset, siblingOf(url, name), manner, imageManner(handset));
  if (fetched.kind === 'power-lost') return { kind: 'power-lost', fault: powerFault(handset) };
  if (fetched.kind === 'failed') return { error: fetched.error };
  if (check && check.bytes !== fetched.length) return { error: `${name} has ${fetched.length} bytes instead of ${check.bytes}` };
  if (check && check.sha256 !== fetched.sha256) return { error: `${name} is damaged` };
  return handset.faults.has('wrong-hash') ? { error: `${name}: signature verification failed` } : null;
}

async function write({ handset, reason, url }: Attempt, target: string): Promise<UpgradeEnd> {
  const { options, flash } = handset;
  const seconds = options.writeSeconds ?? WRITE_SECONDS + options.random() * WRITE_SPREAD;
  handset.note({ kind: 'writing', target, ms: Math.round((seconds * 1000) / options.pace) });
  if (!(await rest(handset, seconds))) return { kind: 'nothing' };
  handset.failedUpgrade = null;
  handset.lastUpgrade = { error: '', at: performance.now() };
  // Said when the flash is written: that the new load also starts is proved only by the version that it shows then.
  saySyslog(handset, 'Log_Upgrade_Success_Msg', reason, placeOf(handset, url), '');
  handset.note({ kind: 'rebooting', target });
  // A boot loader that rejects the new partition leaves nothing whole in it.
  return { kind: 'written', flash: handset.faults.has('never-upgrades') ? { ...flash, inactive: null } : { running: target, inactive: flash.running } };
}

function failUpgrade(handset: Handset, reason: ResyncReason, rule: string, url: ProfileUrl | null, error: string): UpgradeEnd {
  const shown = url ? shownUrl(handset, url) : '';
  const at = performance.now();
  handset.failedUpgrade = afterFailure(
    handset.failedUpgrade, { rule, url: shown, at }, valueOf(handset.configuration, 'Upgrade_Error_Retry_Delay'), handset.options.random,
  );
  handset.lastUpgrade = { error, at };
  saySyslog(handset, 'Log_Upgrade_Failure_Msg', reason, url ? placeOf(handset, url) : undefined, error);
  handset.note({ kind: 'upgrade-failed', url: shown === '' ? null : shown, error });
  return { kind: 'failed', error };
}

function imageManner({ faults }: Handset): ImageManner {
  const power = faults.has('reboot-mid-upgrade') || faults.has('loses-power-each-upgrade');
  return {
    strikes: power ? 'power' : faults.has('stops-acking') ? 'silence' : null,
    vanish: faults.has('vanish-before-last-ack'),
    restMs: faults.has('slow') ? SLOW_IMAGE_MS : 0,
  };
}

function powerFault({ faults }: Handset): Fault {
  return faults.has('reboot-mid-upgrade') ? 'reboot-mid-upgrade' : 'loses-power-each-upgrade';
}

function isRunning({ flash }: Handset, target: string): boolean {
  return flash.running.toLowerCase() === target.toLowerCase();
}

/** The last part of a path, query left aside. */
function nameOf(url: ProfileUrl): string {
  return url.path.replace(/\?.*$/, '').split('/').at(-1) ?? '';
}

/** Images lie in the folder of the list as the rule names it; that a redirect of the list would move them too is not documented. */
function siblingOf(url: ProfileUrl, name: string): ProfileUrl {
  return { ...url, path: url.path.replace(/\?.*$/, '').replace(/[^/]*$/, name) };
}
