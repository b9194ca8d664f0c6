import { request } from 'node:http';
import { done, failed } from '../../common/values/failure.ts';
import type { Result } from '../../common/values/failure.ts';
import type { Ipv4 } from '../../common/values/ip.ts';

export interface ResyncTarget {
  readonly address: Ipv4;
  /** The phone's Web_Server_Port, 80 unless its profile says otherwise. */
  readonly port?: number;
  /** A profile rule for this once; without it the phone uses its own. */
  readonly rule?: string;
}

export interface RequestLimits {
  /** Milliseconds for the whole exchange. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

/**
 * Asks a phone to fetch its profile again, through its direct action address `http://phone/admin/resync[?url]`
 * (Enable_Direct_Action_Url and Provision_Enable must be Yes, and no admin password set).
 * A good status means that the phone took the request, not that it resynced: that is seen when it asks for the file.
 * @returns `phone.resync-unreachable` without an answer in time, `phone.resync-refused` for a status other than 2xx.
 */
export function requestResync(target: ResyncTarget, limits: RequestLimits): Promise<Result<{ readonly status: number }>> {
  const deadline = AbortSignal.timeout(limits.timeoutMs);
  const signal = limits.signal ? AbortSignal.any([deadline, limits.signal]) : deadline;
  const path = target.rule === undefined ? '/admin/resync' : `/admin/resync?${encodeURI(target.rule)}`;
  return new Promise((resolve) => {
    const unreachable = (cause: string): void =>
      resolve(failed('phone.resync-unreachable', { address: target.address }, cause));
    if (signal.aborted) return unreachable('cancelled');
    // No agent: the phone's web server is tiny, and a kept connection would take one of its few places.
    // Nothing of ours is told besides the request itself: no Referer, no cookie.
    const sent = request({ host: target.address, port: target.port ?? 80, path, agent: false, signal }, (response) => {
      response.resume();
      const status = response.statusCode ?? 0;
      resolve(status >= 200 && status < 300 ? done({ status }) : failed('phone.resync-refused', { status, address: target.address }));
      response.destroy();
    });
    sent.on('error', (error) => unreachable(error.message));
    sent.end();
  });
}
