import { describe, expect, it } from 'vitest';
import { createDictionary } from '../../../../../main/domain/parameters/dictionary.ts';
import { SPA_NAMES } from '../../../../../main/domain/parameters/spa-names.ts';
import { DICTIONARY } from '../../../../support/lint/dictionary.ts';

describe('finding a parameter', () => {
  it.each([
    ['Profile_Rule', 'Profile_Rule', null],
    ['Proxy_3_', 'Proxy_{n}_', 3],
    ['Unit_2_Key_17_', 'Unit_{n}_Key_{n}_', 17],
    ['Enable_802.1X_Authentication', 'Enable_802.1X_Authentication', null],
    ['Enable_LLDP-MED', 'Enable_LLDP-MED', null],
    ['G722.2_Enable_1_', 'G722.2_Enable_{n}_', 1],
    ['profileName_4_', 'profileName_{n}_', 4],
    ['wepKey0_1_', 'wepKey0_{n}_', 1],
    ['PSK_10', 'PSK_10', null],
    ['LDAP_Item_2_Filter', 'LDAP_Item_{n}_Filter', 2],
    ['GPP_SA', 'GPP_SA', null],
  ])('%s is %s with index %s', (name, entry, index) => {
    expect(DICTIONARY.find(name)).toMatchObject({ entry: { name: entry }, index });
  });

  it.each(['profile_rule', 'Proxy', 'Proxy_1', 'Proxy_{n}_', 'Foo', '', 'constructor', '__proto__', 'Proxy_1234_'])('%j is none', (name) => {
    expect(DICTIONARY.find(name)).toBeNull();
  });

  it('every name of the table is found under itself, and is near to itself in capitals', () => {
    for (const { name } of DICTIONARY.entries) {
      const real = name.replaceAll('{n}', '1');
      expect(DICTIONARY.find(real)?.entry.name).toBe(name);
      expect(DICTIONARY.nearest(real.toUpperCase())?.toLowerCase()).toBe(real.toLowerCase());
    }
  });
});

describe('what stands in the dictionary', () => {
  it('types, ranges, factory values and help come from the notes', () => {
    expect(DICTIONARY.find('Periodic_Upload_To_Server')?.entry).toMatchObject({
      type: 'number', range: { from: 600, to: 2_592_000, unit: 's' }, factory: '3600',
    });
    expect(DICTIONARY.find('Profile_Rule')?.entry).toMatchObject({ type: 'rule', factory: '/$PSN.xml', ua: 'na', secret: false });
    expect(DICTIONARY.find('Profile_Rule_B')?.entry.factory).toBe('');
    expect(DICTIONARY.find('IKM_HTTP_Encrypt_Content')?.entry).toMatchObject({ factory: null, secret: true, seen: [] });
  });

  it('empty items of an option list are no options', () => {
    expect(DICTIONARY.find('Security_Mode_1_')?.entry.options).toEqual(['Auto', 'EAP-FAST', 'PSK', 'None', 'EAP-PEAP', 'EAP-TLS']);
  });

  it('a parameter that every export holds as Yes or No is a switch', () => {
    expect(DICTIONARY.find('Attn_Transfer_Serv')?.entry.type).toBe('bool');
    expect(DICTIONARY.find('Alert_Tone')?.entry.type).toBeNull();
  });

  it('secrets are told from settings that only speak of passwords', () => {
    for (const name of ['Password_1_', 'Admin_Password', 'passphrase_2_', 'wepKey3_1_', 'pskKey_1_', 'GPP_SD', 'Proxy_Password']) {
      expect([name, DICTIONARY.find(name)?.entry.secret]).toEqual([name, true]);
    }
    for (const name of ['Display_Password_Warnings', 'User_Password_Prompt', 'Preferred_Password_Input_Mode', 'wepKeyId_1_', 'GPP_A']) {
      expect([name, DICTIONARY.find(name)?.entry.secret]).toEqual([name, false]);
    }
  });

  it('the exports tell how far an index goes', () => {
    expect(DICTIONARY.find('Proxy_1_')?.entry.seen).toEqual([
      { model: '6841', firmware: '12.0', maxIndex: 4 }, { model: '8841', firmware: '11', maxIndex: 10 }, { model: '9861', firmware: '', maxIndex: 16 },
    ]);
  });

  it('help comes in both languages, and factory values are among the options', () => {
    for (const { name, help, factory, options, type, range } of DICTIONARY.entries) {
      if (help !== null) expect([name, help.fr !== '', help.en !== help.fr]).toEqual([name, true, true]);
      if (type === 'enum' && factory !== null) expect([name, options]).toEqual([name, expect.arrayContaining([factory])]);
      if (range !== null && factory !== null && factory !== '') {
        expect([name, Number(factory) >= range.from && Number(factory) <= range.to]).toEqual([name, true]);
      }
    }
  });

  it('a file that is not ours is refused', () => {
    expect(() => createDictionary('x\ty', 'name')).toThrow(/column names/);
    expect(() => createDictionary('name\nA', 'name\ttype\nA\tcolour')).toThrow(/no type colour/);
    expect(() => createDictionary('name\nA', 'name\trange\nA\t5-9')).toThrow(/range 5-9/);
  });
});

describe('the name that was meant', () => {
  it.each([
    ['profile_rule', 'Profile_Rule'],
    ['Report_to_Server', 'Report_To_Server'],
    ['proxy_4_', 'Proxy_4_'],
    ['Resync_At_HHmm', 'Resync_At__HHmm_'],
    ['Dial_Plan_3', 'Dial_Plan_3_'],
    ['Proxy', 'Proxy_1_'],
    ['Proxy2', 'Proxy_2_'],
    ['Unit_1_Key_3', 'Unit_1_Key_3_'],
    ['Sylsog_Server', 'Syslog_Server'],
    ['Profil_Rule', 'Profile_Rule'],
    ['Upgrade_Rull', 'Upgrade_Rule'],
    ['Display_Nmae_2_', 'Display_Name_2_'],
    ['Resync_Eror_Retri_Delay', 'Resync_Error_Retry_Delay'],
  ])('%s is near %s', (wrong, right) => {
    expect(DICTIONARY.nearest(wrong)).toBe(right);
  });

  it.each(['GPP_Z', 'Foo', '', 'Completely_Other_Setting', '_'.repeat(500), 'x'.repeat(100_000), '1'])('%.30j is near to nothing', (wrong) => {
    expect(DICTIONARY.nearest(wrong)).toBeNull();
  });
});

describe('names of SPA devices', () => {
  it('have today\'s name, with the index, or none', () => {
    expect(DICTIONARY.spaOnly('Log_Resync_Request_Msg')).toEqual({ today: 'Log_Request_Msg' });
    expect(DICTIONARY.spaOnly('Admin_Passwd')).toEqual({ today: 'Admin_Password' });
    expect(DICTIONARY.spaOnly('MOH_Server_2_')).toEqual({ today: null });
    expect(DICTIONARY.spaOnly('Profile_Rule')).toBeNull();
    expect(DICTIONARY.spaOnly('constructor')).toBeNull();
  });

  it('are no names of today, and what took their place is one', () => {
    for (const [old, today] of Object.entries(SPA_NAMES)) {
      expect([old, DICTIONARY.entries.some(({ name }) => name === old)]).toEqual([old, false]);
      if (today !== null) expect([today, DICTIONARY.find(today)?.entry.name]).toEqual([today, today]);
    }
  });
});
