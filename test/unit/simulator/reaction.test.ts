import { describe, expect, it } from 'vitest';
import { reactToStatus, reactToTftpError } from '../../../main/simulator/reaction.ts';

describe('table 2 of the provisioning guide', () => {
  it.each([
    [200, 'read'],
    [206, 'read'],
    [301, 'follow'],
    [302, 'follow'],
    [401, 'authenticate'],
    [407, 'authenticate'],
  ])('%i means %s', (status, kind) => {
    expect(reactToStatus(status).kind).toBe(kind);
  });

  it('404 is reaction B', () => {
    expect(reactToStatus(404)).toEqual({ kind: 'fail', reaction: 'B', error: 'File not found' });
  });

  it('every other status is reaction C', () => {
    const handled = new Set([301, 302, 401, 404, 407]);
    for (let status = 300; status < 600; status += 1) {
      if (!handled.has(status)) expect(reactToStatus(status)).toMatchObject({ kind: 'fail', reaction: 'C' });
    }
  });
});

describe('TFTP errors', () => {
  it('1 is reaction B, every other one C with the words of the server', () => {
    expect(reactToTftpError(1, 'nope')).toEqual({ reaction: 'B', error: 'File not found' });
    for (const code of [0, 2, 3, 4, 5, 6, 7, 8, 9]) {
      expect(reactToTftpError(code, 'why')).toEqual({ reaction: 'C', error: `TFTP error ${code}: why` });
    }
  });
});
