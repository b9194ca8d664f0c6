import { ORPCError } from '@orpc/server';
import { describe, expect, it } from 'vitest';
import { asError } from '../../../main/app/failure-error.ts';
import { commandEnd, couldNotRun, wrongUsage } from '../../../main/cli/exit.ts';

describe('the end of a command', () => {
  it('is as it was said', () => {
    expect(commandEnd(wrongUsage('so'))).toMatchObject({ exitCode: 2, message: 'so' });
    expect(commandEnd(couldNotRun('so'))).toMatchObject({ exitCode: 3, message: 'so' });
  });

  it('is exit 2 where the contract does not take the input, and names the place', () => {
    const error = new ORPCError('BAD_REQUEST', { message: 'Input validation failed', data: { issues: [{ path: ['rows', 0, 'name'], message: 'Too big' }, { message: 'odd' }, null] } });
    expect(commandEnd(error)).toMatchObject({ exitCode: 2, message: 'rows.0.name: Too big\nodd\nnot what the bench takes' });
  });

  it('is exit 3 with a sentence where the bench refuses, and with a trace where it is our bug', () => {
    expect(commandEnd(asError({ code: 'phone.unknown', params: {} }))).toMatchObject({ exitCode: 3 });
    const bug = commandEnd(new Error('bug'));
    expect([bug.exitCode, bug.message]).toEqual([3, expect.stringMatching(/^Error: bug\n\s+at /)]);
    expect(commandEnd('thrown')).toMatchObject({ exitCode: 3, message: 'thrown' });
  });
});
