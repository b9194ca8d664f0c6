import { describe, expect, it } from 'vitest';
import type { ParameterEntry } from '../../../../../../common/values/parameter.ts';
import { Dictionary } from '../../../../../../renderer/screens/profiles/editor/dictionary.ts';

const entry = (name: string, maxIndex = 0): ParameterEntry => ({ name, section: '', type: null, options: [], secret: false, ua: null, factory: null, range: null, seen: [{ model: '8841', firmware: '11', maxIndex }], help: null });
const dictionary = new Dictionary([entry('Proxy_{n}_', 4), entry('Unit_{n}_Key_{n}_', 2), entry('Resync_On_Reset'), entry('Station_Name')]);

describe('the dictionary', () => {
  it('finds a name with its number', () => {
    expect(dictionary.find('Proxy_3_')?.name).toBe('Proxy_{n}_');
    expect(dictionary.find('Unit_1_Key_2_')?.name).toBe('Unit_{n}_Key_{n}_');
    expect(dictionary.find('Proxy_x_')).toBeNull();
    expect(dictionary.find('station_name')).toBeNull();
  });

  it('offers the number that is typed, else the lowest that is free', () => {
    const offered = (typed: string, used: readonly string[]) => dictionary.offers(typed, (name) => used.includes(name)).map(({ name }) => name);
    expect(offered('Prox', ['Proxy_1_', 'Proxy_2_'])[0]).toBe('Proxy_3_');
    expect(offered('Proxy_7', [])[0]).toBe('Proxy_7_');
    expect(offered('Prox', ['Proxy_1_', 'Proxy_2_', 'Proxy_3_', 'Proxy_4_'])[0]).toBe('Proxy_1_');
  });
});
