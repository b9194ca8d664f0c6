import { describe, expect, it } from 'vitest';
import { factoryConfiguration, isOn, reportText, withProfile } from '../../../main/simulator/configuration.ts';
import { isKnownParameter } from '../../../main/simulator/parameter-names.ts';
import { readProfile } from '../../../main/simulator/profile.ts';

describe('the configuration of a phone', () => {
  it('holds from the factory only parameters that phones know', () => {
    expect([...factoryConfiguration().keys()].filter((name) => !isKnownParameter(name))).toEqual([]);
  });

  it('keeps what a profile does not name', () => {
    const changed = withProfile(factoryConfiguration(), new Map([['Resync_Periodic', '60']]));
    expect(changed.get('Resync_Periodic')).toBe('60');
    expect(changed.get('Profile_Rule')).toBe('/$PSN.xml');
  });

  it('takes Yes in any case for yes', () => {
    for (const [text, on] of [['Yes', true], ['yes', true], ['No', false], ['', false], ['1', false]] as const) {
      expect(isOn(new Map([['Provision_Enable', text]]), 'Provision_Enable')).toBe(on);
    }
  });

  it('reports every value but secrets, in a form that can be read again', () => {
    const secret = { Password_1_: 'p1', Admin_Password: 'p2', GPP_SA: 'p3', IKM_HTTP_Encrypt_Content: 'p4', Auth_Page_Password_1_: 'p5' };
    const plain = { GPP_A: '<a> & "b"', Display_Name_1_: 'Zoë' };
    const text = reportText(new Map(Object.entries({ ...secret, ...plain })));
    for (const [name, value] of Object.entries(secret)) {
      expect(text).not.toContain(value);
      expect(text).toContain(`<!-- <${name} ua="na"/> -->`);
    }
    const read = readProfile(Buffer.from(text));
    expect(read.ok && Object.fromEntries(read.parameters)).toEqual(plain);
  });
});
