/**
 * How a phone goes on after a resync, as in table 2 of Cisco's provisioning guide:
 * A = success, next by Resync_Periodic and Resync_Random_Delay; B = file not found or profile damaged; C = any other failure.
 * B and C both wait Resync_Error_Retry_Delay.
 */
export type Reaction = 'A' | 'B' | 'C';

/** What one HTTP status asks the phone to do next. */
export type StatusStep =
  | { readonly kind: 'read' }
  /** 301 and 302: the same request at once at the new place. */
  | { readonly kind: 'follow' }
  /** 401 and 407: again with credentials, at most two tries. */
  | { readonly kind: 'authenticate' }
  | { readonly kind: 'fail'; readonly reaction: 'B' | 'C'; readonly error: string };

/** The phone's own limit on redirects is not documented; ours ends a loop. */
export const MAX_REDIRECTS = 5;

/** Table 2 for a status of 100–599; a status that the table does not know is C. */
export function reactToStatus(status: number): StatusStep {
  if (status >= 200 && status < 300) return { kind: 'read' };
  if (status === 301 || status === 302) return { kind: 'follow' };
  if (status === 401 || status === 407) return { kind: 'authenticate' };
  if (status === 404) return { kind: 'fail', reaction: 'B', error: 'File not found' };
  return { kind: 'fail', reaction: 'C', error: `HTTP status ${status}` };
}

/** RFC 1350 error codes: 1 is "file not found", all others are a failure of the server. */
export function reactToTftpError(code: number, message: string): { readonly reaction: 'B' | 'C'; readonly error: string } {
  return code === 1 ? { reaction: 'B', error: 'File not found' } : { reaction: 'C', error: `TFTP error ${code}: ${message}` };
}
