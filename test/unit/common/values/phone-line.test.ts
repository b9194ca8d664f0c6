import { describe, expect, it } from 'vitest';
import { parsePhoneLine } from '../../../../common/values/phone-line.ts';

describe('a line of a phone', () => {
  it('tells the load that runs, where its message was made to end with it', () => {
    const line = 'CP-8851-3PCC 00:56:2b:04:36:15 -- Successful resync tftp://10.20.0.1:69/00562b043615.cfg -- sip88xx.12-0-7MPP0201-66';
    expect(parsePhoneLine(line)).toMatchObject({ what: 'resync', outcome: 'successful', version: 'sip88xx.12-0-7MPP0201-66' });
  });

  it.each([
    'CP-8851-3PCC 00:56:2b:04:36:15 -- Requesting upgrade http://10.20.0.1/firmware/sip88xx.12-0-7MPP0201-66.loads',
    'CP-8851-3PCC 00:56:2b:04:36:15 -- Successful resync http://10.20.0.1/sip88xx.12-0-7MPP0201-66.xml',
    'CP-8851-3PCC 00:56:2b:04:36:15 -- Successful resync http://10.20.0.1/a.xml -- sip88xx.loads',
  ])('takes no name of a file for that: %s', (line) => {
    expect(parsePhoneLine(line)?.version).toBeUndefined();
  });
});
