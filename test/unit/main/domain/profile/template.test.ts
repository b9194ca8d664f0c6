import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { newDevice } from '../../../../../main/domain/device/enrol.ts';
import { fillTemplate, readTemplate } from '../../../../../main/domain/profile/template.ts';
import { builtinVariables, templateVariables, type BenchFacts } from '../../../../../main/domain/profile/variables.ts';
import { MAC } from '../device/phones.ts';

const BENCH: BenchFacts = { address: '10.20.0.1', http: 'http://10.20.0.1', https: null, ca: null, tftp: null, syslog: null, ntp: null };

function fill(text: string, variables: Readonly<Record<string, string>>) {
  const template = readTemplate(text);
  return template.ok ? fillTemplate(template.value, variables) : template;
}

describe('reading a template', () => {
  it('places are found in values and attributes, each name once', () => {
    const read = readTemplate('<flat-profile>\n<User_ID_1_ ua="{{access}}">{{ext1}}</User_ID_1_><Auth_ID_1_>{{ ext1 }}</Auth_ID_1_></flat-profile>');
    expect(read).toMatchObject({ ok: true, value: { variables: ['access', 'ext1'] } });
    expect(read.ok && read.value.places.map(({ line }) => line)).toEqual([2, 2, 2]);
  });

  it('a place in a comment asks for nothing and stays', () => {
    expect(fill('<a><!-- <b>{{later}}</b> {{ -->x</a>', {})).toEqual({ ok: true, value: '<a><!-- <b>{{later}}</b> {{ -->x</a>' });
  });

  it('phone macros are left to the phone', () => {
    expect(fill('<a><Profile_Rule>/$PSN.xml</Profile_Rule></a>', {})).toEqual({ ok: true, value: '<a><Profile_Rule>/$PSN.xml</Profile_Rule></a>' });
  });

  it.each([
    ['', 'template.empty', {}],
    [' \n', 'template.empty', {}],
    ['<a>\n<b>x & y</b>\n<c/></a>', 'profile.bare-ampersand', { line: 2, column: 6 }],
    ['<a>\n&nbsp;</a>', 'profile.bare-ampersand', { line: 2, column: 1 }],
    ['<a>\n<b>x</c></a>', 'profile.not-xml', { line: 2 }],
    ['<a><b></a>', 'profile.not-xml', { line: 1 }],
    ['no xml at all', 'profile.not-xml', { line: 1 }],
    ['<a/><b/>', 'profile.not-xml', { line: 1 }],
    ['<a b="1" b="2"/>', 'profile.not-xml', { line: 1 }],
    ['<!DOCTYPE a [<!ENTITY x "y">]>\n<a>&x;</a>', 'profile.bare-ampersand', { line: 2 }],
    ['<!DOCTYPE a>\n<a/>', 'profile.not-xml', { line: 1, cause: 'DOCTYPE' }],
    ['<a>\n<!available Yes|No-->\n</a>', 'profile.not-xml', { line: 2 }],
    ['<a>\n{{}}</a>', 'template.place-wrong', { line: 2 }],
    ['<a>{{x</a>', 'template.place-wrong', { line: 1, text: '{{x</a>' }],
    ['<a>{{x}y}}</a>', 'template.place-wrong', { line: 1 }],
  ])('%j is refused with its place', (text, code, params) => {
    expect(readTemplate(text)).toMatchObject({ ok: false, failure: { code, params } });
  });

  it('an option list without dashes is taken and served as a comment', () => {
    expect(fill('<a>\n<b>{{v}}</b>\n<!available options: Yes|No-->\n</a>', { v: '1' })).toEqual({
      ok: true, value: '<a>\n<b>1</b>\n<!-- available options: Yes|No -->\n</a>',
    });
  });

  it('an ampersand inside a comment or CDATA is no mistake', () => {
    expect(readTemplate('<a><!-- x & y --><![CDATA[x & y]]>&amp;&#40;&#x2e;</a>').ok).toBe(true);
  });
  it.each(['&AMP;', '&#X41;', '&Lt;'])('the case of a reference counts: %s is a bare &', (text) => {
    expect(readTemplate(`<a>${text}</a>`)).toMatchObject({ ok: false, failure: { code: 'profile.bare-ampersand' } });
  });
});

describe('filling a template', () => {
  it('escapes the five signs and keeps everything else as UTF-8', () => {
    expect(fill('<a b="{{v}}">{{v}}</a>', { v: `Zoé & "O'Neil" <x> 東京` })).toEqual({
      ok: true,
      value: '<a b="Zoé &amp; &quot;O&apos;Neil&quot; &lt;x&gt; 東京">Zoé &amp; &quot;O&apos;Neil&quot; &lt;x&gt; 東京</a>',
    });
  });

  it('a value that looks like a place or a macro is only text', () => {
    expect(fill('<a>{{v}}</a>', { v: '{{w}} $MA $& $1' })).toEqual({ ok: true, value: '<a>{{w}} $MA $&amp; $1</a>' });
  });

  it('a missing variable is a failure that names it, and so is an empty one', () => {
    expect(fill('<a>{{ext1}}</a>', {})).toEqual({ ok: false, failure: { code: 'profile.variable-missing', params: { variable: 'ext1' } } });
    expect(fill('<a>{{ext1}}</a>', { ext1: ' ' })).toMatchObject({ ok: false, failure: { code: 'profile.variable-missing' } });
  });

  it('all missing variables are told at once', () => {
    expect(fill('<a>{{x}}{{y}}{{z}}</a>', { y: '1' })).toMatchObject({ failure: { params: { variable: 'x, z' } } });
  });

  it('names are compared without regard to case', () => {
    expect(fill('<a>{{Ext1}}</a>', { EXT1: '7' })).toEqual({ ok: true, value: '<a>7</a>' });
  });

  it('a value that XML cannot carry is refused', () => {
    expect(fill('<a>{{v}}</a>', { v: 'a\u0007b' })).toEqual({ ok: false, failure: { code: 'profile.variable-unusable', params: { variable: 'v' } } });
  });

  it('a template without places comes back as it is, line ends and mark included', () => {
    const text = '\uFEFF<?xml version="1.0"?>\r\n<flat-profile>\r\n<GPP_A/>\r\n</flat-profile>\r\n';
    expect(fill(text, {})).toEqual({ ok: true, value: text });
  });
});

describe('what a template can name', () => {
  it('facts that are not known are absent; only the upgrade rule may be empty, while it is not the phone’s turn', () => {
    const known = builtinVariables(newDevice(MAC, 1, 3), BENCH);
    expect(known).toEqual({
      mac: MAC, mac_upper: '00562B043615', mac_colons: '00:56:2b:04:36:15', number: '3',
      bench_address: '10.20.0.1', bench_http: 'http://10.20.0.1', bench_syslog: '10.20.0.1:514', bench_upgrade_rule: '',
    });
  });

  it("a column of the list outranks the bench's own word", () => {
    const device = { ...newDevice(MAC, 1, 3), variables: { bench_syslog: 'log.example.com' } };
    expect(templateVariables(device, BENCH)['bench_syslog']).toBe('log.example.com');
  });
});

describe('the starter template', () => {
  const text = readFileSync(new URL('../../../../../resources/templates/starter.xml', import.meta.url), 'utf8');

  it('fits a phone of which nothing but the MAC is known, on a bench with no server running', () => {
    const bench: BenchFacts = { ...BENCH, http: null };
    const filled = fill(text, builtinVariables(newDevice(MAC, 1, 1), bench));
    expect(filled).toMatchObject({ ok: true });
    expect(filled.ok && filled.value).toContain('<Syslog_Server ua="na">10.20.0.1:514</Syslog_Server>');
  });

  it('says who may change every parameter, and lets DHCP name the server', () => {
    const elements = Array.from(text.matchAll(/<([A-Z]\w*)([^>]*)>/g));
    expect(elements.length).toBeGreaterThan(15);
    expect(elements.filter(([, , attributes]) => !attributes?.includes('ua="na"'))).toEqual([]);
    expect(text).toContain('<Profile_Rule ua="na">/$PSN.xml</Profile_Rule>');
  });

  it('a hostile text is refused or read in time that grows with its length', () => {
    for (const piece of ['<!--', '<![CDATA[', '<?', '{{', '{{ ', '&#', '<a>', '<a ']) {
      expect(readTemplate(`<a>${piece.repeat(300_000)}</a>`).ok, piece).toBe(false);
    }
    expect(readTemplate(`<a>{{${' '.repeat(300_000)}</a>`)).toMatchObject({ failure: { code: 'template.place-wrong' } });
    expect(readTemplate(`${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`)).toMatchObject({ ok: false, failure: { code: 'profile.not-xml', params: { cause: 'more than 1000 levels.' } } });
  });
});
