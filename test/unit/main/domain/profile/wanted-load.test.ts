import { describe, expect, it } from 'vitest';
import { wantedLoad } from '../../../../../main/domain/profile/wanted-load.ts';

const rule = (text: string) => `<flat-profile><Upgrade_Rule ua="na">${text}</Upgrade_Rule></flat-profile>`;
const LOAD = 'sip88xx.11-3-2MPP0001-609.loads';

describe('the load that a profile asks for', () => {
  it.each([
    `http://10.20.0.1/firmware/${LOAD}`, `tftp://10.20.0.1:69/${LOAD}`, ` http://h/${LOAD} `, `[--uid u --pwd p]http://h/${LOAD}`, `&#104;ttp://h/${LOAD}`,
  ])('%s names it', (text) => {
    expect(wantedLoad(rule(text))).toBe(LOAD);
  });
  it.each([
    '', `($SWVER lt sip88xx.11-0-0MPP-7)? http://h/${LOAD}`, `http://h/a.loads | http://h/${LOAD}`, 'http://h/firmware.bin', 'http://h/fw-$PSN.loads', '$B', `(Line_Enable_1_="No";)! http://h/${LOAD}`,
  ])('%j leaves it to the phone', (text) => {
    expect(wantedLoad(rule(text))).toBeNull();
  });
  it('the last rule of a file wins, one in a comment does not count', () => {
    expect(wantedLoad(`<a><Upgrade_Rule>http://h/old.loads</Upgrade_Rule><Upgrade_Rule>http://h/${LOAD}</Upgrade_Rule><!--<Upgrade_Rule>http://h/no.loads</Upgrade_Rule>--></a>`)).toBe(LOAD);
  });
  it('an emptied rule behind a full one asks for none, and a broken text ends', () => {
    expect(wantedLoad(`<a><Upgrade_Rule>http://h/${LOAD}</Upgrade_Rule><Upgrade_Rule/></a>`)).toBeNull();
    expect(wantedLoad(`<a><Upgrade_Rule>${'<Upgrade_Rule'.repeat(20_000)}`)).toBeNull();
  });
  it('a profile without a rule asks for none', () => {
    expect(wantedLoad('<flat-profile/>')).toBeNull();
  });
});
