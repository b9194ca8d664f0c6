import { request } from 'node:http';
import { done, failed } from '../../common/values/failure.ts';
import type { Result } from '../../common/values/failure.ts';
import type { Ipv4 } from '../../common/values/ip.ts';

export interface PhoneWebPlace {
  readonly address: Ipv4;
  /** The phone's Web_Server_Port, 80 unless its profile says otherwise. */
  readonly port?: number;
}

export interface ResyncTarget extends PhoneWebPlace {
  /** A profile rule for this once; without it the phone uses its own. */
  readonly rule?: string;
}

export interface UpgradeTarget extends PhoneWebPlace {
  /** URL of a `.loads` list, macros allowed. */
  readonly url: string;
}

export interface RequestLimits {
  /** Milliseconds for the whole exchange. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/** Longest status page that is looked at. */
const LONGEST_PAGE = 300_000;
/** A load as `$SWVER` spells it; the name of a file to fetch ends with `.loads`. */
const VERSION = /\bsip[0-9a-z_]{1,20}\.\d+-\d+-[0-9A-Za-z-]{1,40}\b(?!\.loads)/i;

type Taken = Result<{ readonly status: number }>;

/**
 * Asks a phone to fetch its profile again, through its direct action address `http://phone/admin/resync[?url]`
 * (Enable_Direct_Action_Url and Provision_Enable must be Yes, and no admin password set).
 * A good status means that the phone took the request, not that it resynced: that is seen when it asks for the file.
 * @returns `phone.resync-unreachable` without an answer in time, `phone.resync-refused` for a status other than 2xx.
 */
export function requestResync(target: ResyncTarget, limits: RequestLimits): Promise<Taken> {
  const path = target.rule === undefined ? '/admin/resync' : `/admin/resync?${encodeURI(target.rule)}`;
  return act(target, path, 'resync', limits);
}

/**
 * Asks a phone to load firmware once, through `http://phone/admin/upgrade?url` (Upgrade_Enable must be Yes). The address
 * is not kept by the phone. A good status means that it took the request: the upgrade is proved by the version it shows later.
 * @returns `phone.upgrade-unreachable` without an answer in time, `phone.upgrade-refused` for a status other than 2xx.
 */
export function requestUpgrade(target: UpgradeTarget, limits: RequestLimits): Promise<Taken> {
  return act(target, `/admin/upgrade?${encodeURI(target.url)}`, 'upgrade', limits);
}

/**
 * Looks at `http://phone/admin/status.xml` for the load that it runs. No public source tells the page's elements, so the first
 * text of a load's shape counts. Never fails: null without an answer, without such a text, or behind a password.
 */
export function readVersion({ address, port }: PhoneWebPlace, limits: RequestLimits): Promise<string | null> {
  const deadline = AbortSignal.timeout(limits.timeoutMs);
  const signal = limits.signal ? AbortSignal.any([deadline, limits.signal]) : deadline;
  return new Promise((resolve) => {
    const sent = request({ host: address, port: port ?? 80, path: '/admin/status.xml', agent: false, signal }, (response) => {
      let text = '';
      const end = (): void => resolve(response.statusCode === 200 ? (VERSION.exec(text)?.[0] ?? null) : null);
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
        if (text.length > LONGEST_PAGE) response.destroy();
      }).on('close', end).on('error', end);
    });
    sent.on('error', () => resolve(null));
    sent.end();
  });
}

function act({ address, port }: PhoneWebPlace, path: string, what: 'resync' | 'upgrade', limits: RequestLimits): Promise<Taken> {
  const deadline = AbortSignal.timeout(limits.timeoutMs);
  const signal = limits.signal ? AbortSignal.any([deadline, limits.signal]) : deadline;
  return new Promise((resolve) => {
    const unreachable = (cause: string): void => resolve(failed(`phone.${what}-unreachable`, { address }, cause));
    if (signal.aborted) return unreachable('cancelled');
    // No agent: the phone's web server is tiny, and a kept connection would take one of its few places.
    // Nothing of ours is told besides the request itself: no Referer, no cookie.
    const sent = request({ host: address, port: port ?? 80, path, agent: false, signal }, (response) => {
      response.resume();
      const status = response.statusCode ?? 0;
      resolve(status >= 200 && status < 300 ? done({ status }) : failed(`phone.${what}-refused`, { status, address }));
      response.destroy();
    });
    sent.on('error', (error) => unreachable(error.message));
    sent.end();
  });
}
