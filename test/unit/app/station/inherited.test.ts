import { describe, expect, it } from 'vitest';
import { inheritedSocket } from '../../../../main/app/station/inherited.ts';

describe('a socket from the service manager', () => {
  it('is the first one passed to this very process', () => {
    expect(inheritedSocket({ LISTEN_PID: '42', LISTEN_FDS: '1' }, 42)).toBe(3);
  });

  it.each([{}, { LISTEN_PID: '41', LISTEN_FDS: '1' }, { LISTEN_PID: '42', LISTEN_FDS: '0' }, { LISTEN_FDS: '1' }])('is not there with %j', (env) => {
    expect(inheritedSocket(env, 42)).toBeNull();
  });
});
