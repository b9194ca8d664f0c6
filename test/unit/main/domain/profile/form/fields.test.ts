import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createDictionary } from '../../../../../../main/domain/parameters/dictionary.ts';
import { formFields } from '../../../../../../main/domain/profile/form/fields.ts';
import { GROUPS, LINE_FIELDS } from '../../../../../../main/domain/profile/form/plan.ts';

const TEXT = '<flat-profile>\n<Profile_Rule>/$PSN.xml</Profile_Rule><Upgrade_Rule/><Report_Rule>""</Report_Rule>\n<Proxy_2_>a</Proxy_2_><Proxy_2_>b</Proxy_2_>\n<Debug_Level>INFO</Debug_Level>\n<!-- available options: INFO|DEBUG -->\n</flat-profile>';
const field = (name: string, lines = 2) => formFields(TEXT, lines).find((one) => one.name === name);
const resource = (name: string) => readFileSync(new URL(`../../../../../../resources/dictionary/${name}`, import.meta.url), 'utf8');

describe('the form of a profile', () => {
  it('tells of each common parameter what the file makes of it', () => {
    expect(field('Profile_Rule')).toMatchObject({ group: 'server', line: 0, value: '/$PSN.xml', intent: 'value', span: { line: 2, column: 1 } });
    expect(field('Upgrade_Rule')).toMatchObject({ group: 'firmware', value: '', intent: 'reset' });
    expect(field('Report_Rule')).toMatchObject({ value: '', intent: 'empty' });
    expect(field('Custom_CA_Rule')).toMatchObject({ group: 'certificate', value: null, intent: 'omitted', span: null });
  });

  it('has the asked number of lines, at least one and at most those of the largest phone', () => {
    const lines = (count: number) => new Set(formFields(TEXT, count).map(({ line }) => line)).size - 1;
    expect([lines(1), lines(4), lines(0), lines(99), lines(2.9)]).toEqual([1, 4, 1, 16, 2]);
    expect(field('Proxy_2_')).toMatchObject({ group: 'line', line: 2, value: 'b' });
  });

  it('marks passwords', () => {
    expect(formFields(TEXT, 1).filter(({ secret }) => secret).map(({ name }) => name)).toEqual(['Admin_Password', 'User_Password', 'Password_1_']);
  });

  it('offers the options of the file first, then the known ones', () => {
    expect(field('Debug_Level')?.options).toEqual(['INFO', 'DEBUG']);
    expect(field('SIP_Transport_1_')?.options).toEqual(['UDP', 'TCP', 'TLS', 'AUTO']);
    expect(field('Resync_On_Reset')?.options).toEqual(['Yes', 'No']);
    expect(field('Proxy_1_')?.options).toEqual([]);
  });

  it('knows no parameter that the dictionary does not know, each once', () => {
    const dictionary = createDictionary(resource('parameters.tsv'), resource('notes.tsv'));
    const names = formFields('', 1, dictionary).map(({ name }) => name);
    expect(names.filter((name) => dictionary.find(name) === null)).toEqual([]);
    expect(new Set(names).size).toBe(GROUPS.flatMap(({ fields }) => fields).length + LINE_FIELDS.length);
  });

  it('shows what can be read of a broken text', () => {
    expect(formFields('<flat-profile><Proxy_1_>a & b', 1).find(({ name }) => name === 'Proxy_1_')).toMatchObject({ value: 'a & b' });
  });
});
