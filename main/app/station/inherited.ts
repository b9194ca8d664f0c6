/** First descriptor that systemd passes on (sd_listen_fds(3)). */
const FIRST = 3;

/**
 * The UDP socket for DHCP that the service manager opened for this process: bound to port 67 and, by `BindToDevice=`, to
 * the card. Null without one; a socket meant for another process (LISTEN_PID) is left alone.
 */
export function inheritedSocket(env: Readonly<Record<string, string | undefined>>, pid: number): number | null {
  return env['LISTEN_PID'] === String(pid) && Number(env['LISTEN_FDS']) >= 1 ? FIRST : null;
}
