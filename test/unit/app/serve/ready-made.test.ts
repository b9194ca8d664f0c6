import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ReadyMade } from '../../../../common/contract/views/profiles.ts';
import { sentence } from '../../../../common/contract/sentences/sentence.ts';
import { readReadyMade } from '../../../../main/app/serve/ready-made.ts';
import type { Model } from '../../../../common/values/model.ts';
import { readDocument } from '../../../../main/domain/profile/document/document.ts';
import { lintProfile } from '../../../../main/domain/profile/lint/lint.ts';
import { readOwnPath } from '../../../../main/domain/profile/own-path.ts';
import { fillTemplate, readTemplate } from '../../../../main/domain/profile/template.ts';
import { DICTIONARY } from '../../../support/lint/dictionary.ts';

const RESOURCES = fileURLToPath(new URL('../../../../resources', import.meta.url));
/** Elements of a text outside its comments, by name. */
const elementsOf = (text: string): readonly string[] =>
  Array.from(text.replaceAll(/<!--[^]*?-->/g, '').matchAll(/<([A-Z][^ />]*)/g), ([, name]) => name ?? '');
/** What the host and a list would give. */
const VALUES = {
  name: 'Reception', extension: '3001', sip_server: 'sip.example.com', sip_user: '3001', sip_password: 'a<b&c', activation_code: '1234567890123456',
  provisioning_domain: 'example.com', proxy_host: 'proxy.example.com', proxy_port: '3128', key: 'k'.repeat(43), ikm: 'i'.repeat(22),
  bench_ca: 'http://10.20.0.1/ca.pem', bench_http: 'http://10.20.0.1', bench_syslog: '10.20.0.1:514',
};

let all: readonly ReadyMade[] = [];
beforeAll(async () => {
  all = await readReadyMade(RESOURCES);
});
const filled = (name: string): string => {
  const found = all.find((each) => each.name === name);
  const template = readTemplate(found?.text ?? '');
  if (!template.ok) throw new Error(template.failure.code);
  const result = fillTemplate(template.value, VALUES);
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
};

describe('the ready-made profiles', () => {
  it('each read as a template, and are filled by what the host and a list give', () => {
    expect(all.length).toBeGreaterThanOrEqual(7);
    for (const { name } of all) expect(filled(name), name).toMatch(/<flat-profile>[^]*<\/flat-profile>/);
  });

  it('say of every parameter whether its user may see it', () => {
    for (const { name, text } of all) {
      for (const [element] of text.replaceAll(/<!--[^]*?-->/g, '').matchAll(/<(?!\/|\?|flat-profile)[^>]*>/g)) expect(element, name).toMatch(/ ua="na"/);
    }
  });

  it('name only parameters that the dictionary knows', () => {
    for (const { name, text } of all) expect(elementsOf(text).filter((element) => DICTIONARY.find(element) === null), name).toEqual([]);
  });

  it('pass the lint, as they ship and filled: nothing but the advice that belongs to them', () => {
    const context = {
      dictionary: DICTIONARY, model: 'CP-8841-3PCC' as Model, variables: new Set(Object.keys(VALUES)), bench: { address: '10.20.0.1', names: ['bench.internal'] },
    };
    const codes = (text: string): readonly string[] => lintProfile(readDocument(text), context).map(({ code }) => code);
    const found = all.flatMap(({ name, text }) => [...new Set([...codes(text), ...codes(filled(name))])].map((code) => `${name}: ${code}`));
    expect(found).toEqual(['activation-code-known: rule.gds.unconfirmed', 'dns-srv: lint.rule-elsewhere']);
  });

  it('have a title and a sentence in both languages', () => {
    for (const { name } of all) {
      for (const language of ['en', 'fr'] as const) {
        for (const part of ['title', 'text']) expect(sentence(`ready.${name}.${part}`, {}, language)).not.toContain('ready.');
      }
    }
  });

  it('explain each file in its first lines, in plain ASCII that no load misreads', () => {
    for (const { name, text } of all) {
      expect(text.split('\n')[1], name).toMatch(/^<!-- /);
      expect(text, name).toMatch(/^[\n -~]*$/);
    }
  });

  it('hand over from the first touch to the name under which the protected line is served', () => {
    const path = all.find(({ name }) => name === 'protected-line')?.path ?? '';
    expect(readOwnPath(path)).toEqual({ ok: true, value: 'p/$MA.xml' });
    expect(filled('first-touch')).toContain(`<Profile_Rule ua="na">[--key $SA]http://10.20.0.1/${path}</Profile_Rule>`);
    expect(filled('first-touch')).toContain(`<GPP_SA ua="na">${VALUES.key}</GPP_SA>`);
    expect(filled('first-touch-8188')).toContain(`<Profile_Rule ua="na">http://10.20.0.1/${path}</Profile_Rule>`);
    for (const name of ['first-touch', 'first-touch-8188']) expect(filled(name)).toContain('<Custom_CA_Rule ua="na">http://10.20.0.1/ca.pem</Custom_CA_Rule>');
  });

  it('carry the upgrade that loads before 11.2(3)MSR1 need for gds://, and mark what nobody confirmed', () => {
    expect(filled('activation-code')).toContain('<Profile_Rule ua="na">gds://</Profile_Rule>');
    expect(filled('activation-code')).toContain('($SWVER lt sip88xx.11-2-3MSR1-1)?http://10.20.0.1/sip88xx.11-2-3MSR1-1.loads');
    expect(filled('activation-code-known')).toContain('gds://1234567890123456');
    expect(filled('activation-code-known')).toContain('NOT CONFIRMED');
  });
});
