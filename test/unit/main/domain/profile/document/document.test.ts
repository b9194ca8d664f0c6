import { describe, expect, it } from 'vitest';
import { effective, readDocument } from '../../../../../../main/domain/profile/document/document.ts';
import { checkWellFormed } from '../../../../../../main/domain/profile/well-formed.ts';

const inProfile = (inner: string) => `<flat-profile>\n${inner}\n</flat-profile>`;
const only = (inner: string) => {
  const [element] = readDocument(inProfile(inner)).elements;
  if (!element) throw new Error('no element');
  return element;
};
const told = (text: string) => readDocument(text).problems.map(({ code, span }) => `${span.line}:${span.column} ${code}`);

/** Each trait is one that exports of phones show; the text is made up. */
const EXPORT = [
  '<?xml version="1.0" encoding="UTF-8"?>',
  '<device><flat-profile>',
  '<!--  System Configuration  -->',
  '<Restricted_Access_Domains ua="na"/>',
  '<Enable_Protocol ua="na">Http</Enable_Protocol>',
  '<!--  available options: Http|Https  -->',
  '<Security_Mode_1_ ua="rw">PSK</Security_Mode_1_>',
  '<!--  available options: Auto|EAP-FAST|||PSK||None  -->',
  '<!--  <Wi-Fi_Password_1_ ua="rw"/>  -->',
  '<!-- <Mute_Tone ua="na">600@-19;.2(.1/0.1/1)</Mute_Tone> --> <!-- <GPP_SA ua="na"/> -->',
  '<Enable_802.1X_Authentication ua="rw">No</Enable_802.1X_Authentication>',
  '<Enable_LLDP-MED ua="na">Yes</Enable_LLDP-MED>',
  '<Unit_1_Key_1_ um="y" ua="na">fnc=sd</Unit_1_Key_1_>',
  '<Extension_1_ group="Phone/Line_Key_1">1</Extension_1_> <!-- options: 1/2/Disabled -->',
  '<profileName_1_ ua="ro">Home</profileName_1_>',
  '</flat-profile></device>',
  '',
].join('\r\n');

describe('an export of a phone', () => {
  const document = readDocument(EXPORT);
  const byName = effective(document);

  it('is read without a complaint, wrapped or not', () => {
    expect(document.problems).toEqual([]);
    expect(document.wrapper).toBe('device');
    expect(readDocument('<flat-profile/>')).toMatchObject({ wrapper: 'flat-profile', elements: [], problems: [] });
  });

  it('keeps names with dots, dashes and lower case, in order', () => {
    expect(document.elements.map(({ name }) => name)).toEqual([
      'Restricted_Access_Domains', 'Enable_Protocol', 'Security_Mode_1_', 'Enable_802.1X_Authentication', 'Enable_LLDP-MED', 'Unit_1_Key_1_', 'Extension_1_', 'profileName_1_',
    ]);
  });

  it('hides secrets in comments, and they are found there', () => {
    expect(document.commented.map(({ name, ua, intent, span }) => [name, ua, intent, span.line])).toEqual([
      ['Wi-Fi_Password_1_', 'rw', 'reset', 9], ['Mute_Tone', 'na', 'value', 10], ['GPP_SA', 'na', 'reset', 10],
    ]);
    expect(document.commented.map(({ span }) => EXPORT.slice(span.from, span.to))).toContain('<Wi-Fi_Password_1_ ua="rw"/>');
  });

  it('tells the options of an element beside it, empty ones left out', () => {
    expect(byName.get('Enable_Protocol')?.optionList).toEqual(['Http', 'Https']);
    expect(byName.get('Security_Mode_1_')?.optionList).toEqual(['Auto', 'EAP-FAST', 'PSK', 'None']);
    expect(byName.get('Extension_1_')?.optionList).toEqual(['1', '2', 'Disabled']);
    expect(byName.get('Enable_LLDP-MED')?.optionList).toBeNull();
  });

  it('keeps attributes that the phone passes over', () => {
    expect(byName.get('Unit_1_Key_1_')?.attributes.map(({ name, value }) => [name, value])).toEqual([['um', 'y'], ['ua', 'na']]);
    expect(byName.get('Extension_1_')).toMatchObject({ ua: null, attributes: [{ name: 'group', value: 'Phone/Line_Key_1' }] });
  });
});

describe('an element', () => {
  it('has a value as the phone takes it, and its text as written', () => {
    const element = only('<Dial_Plan_1_ ua="na">\r\n  (S0 &lt;:1800&gt;\r\n|x&#40;&#x2e;&amp;)\t</Dial_Plan_1_>');
    expect(element.value).toBe('(S0 <:1800> |x(.&)');
    expect(element.raw).toBe('\r\n  (S0 &lt;:1800&gt;\r\n|x&#40;&#x2e;&amp;)\t');
  });

  it.each([
    ['<P/>', 'reset', null], ['<P ua="na" />', 'reset', null], ['<P></P>', 'reset', ''], ['<P> \n </P>', 'reset', ' \n '],
    ['<P>""</P>', 'empty', '""'], ['<P> &quot;&quot; </P>', 'empty', ' &quot;&quot; '], ['<P>"</P>', 'value', '"'],
  ])('%j is a %s', (text, intent, between) => {
    const element = only(text);
    expect(element).toMatchObject({ intent, value: intent === 'value' ? '"' : '' });
    expect(element.valueSpan === null ? null : element.raw).toBe(between);
  });

  it('knows where it stands, its name, its value and its attributes', () => {
    const text = '<flat-profile>\r\n  <A ua = \'ro\'\r\n  x="1">v</A >\r\n</flat-profile>';
    const [element] = readDocument(text).elements;
    expect(element).toMatchObject({
      span: { line: 2, column: 3 }, nameSpan: { line: 2, column: 4 }, valueSpan: { line: 3, column: 9 }, ua: 'ro',
      attributes: [{ span: { line: 2, column: 6 } }, { span: { line: 3, column: 3 } }],
    });
    expect(element && text.slice(element.span.from, element.span.to)).toBe('<A ua = \'ro\'\r\n  x="1">v</A >');
  });

  it.each([['na', 'na'], ['rw', 'rw'], ['NA', null], ['', null]])('with ua=%j gives access %s', (written, ua) => {
    expect(only(`<P ua="${written}">x</P>`).ua).toBe(ua);
  });

  it('takes text around a comment and inside CDATA', () => {
    expect(only('<P>ab<!-- c -->cd<![CDATA[<&>]]></P>').value).toBe('abcd<&>');
  });

  it('of two with one name, the last counts', () => {
    const document = readDocument(inProfile('<P>1</P><Q/><P>2</P>'));
    expect(document.elements.map(({ value }) => value)).toEqual(['1', '', '2']);
    expect(effective(document).get('P')?.value).toBe('2');
  });
});

describe('several mistakes at once', () => {
  it('are all told, each at its line and column', () => {
    expect(told([
      '<flat-profile>',
      '<A ua=na>x & y</A>',
      '<B>never closed',
      '<C ua="na" ua="rw">(S0 <:1800>)</C>',
      '<D>&nbsp;</d>',
      '</flat-profile>',
      'rest',
    ].join('\n'))).toEqual([
      '2:7 profile.attribute-quotes', '2:12 profile.ampersand', '3:1 profile.element-open', '4:12 profile.attribute-twice', '4:24 profile.less-than',
      '5:4 profile.entity-unknown', '5:10 profile.end-tag-other', '7:1 profile.text-outside',
    ]);
  });

  it.each([
    ['', '1:1 profile.blank'],
    ['\uFEFF \n', '1:1 profile.blank'],
    ['Proxy_1_ "sip.example.com" ;', '1:1 profile.no-root'],
    ['<!-- nothing -->', '1:1 profile.no-root'],
    ['<profile><A/></profile>', '1:1 profile.root-wrong'],
    ['<device><A/></device>', '1:1 profile.root-wrong'],
    ['<flat-profile></flat-profile><flat-profile/>', '1:30 profile.second-root'],
    ['<flat-profile/></flat-profile>', '1:16 profile.end-tag-alone'],
    [inProfile('<A>x < y</A>'), '2:6 profile.less-than'],
    [inProfile('<A>x <b> y</A>'), '2:6 profile.less-than'],
    [inProfile('<A>x <b y</A>'), '2:6 profile.less-than'],
    [inProfile('<A>1</A></B>'), '2:9 profile.end-tag-alone'],
    [inProfile('<A>1</A x>'), '2:5 profile.end-tag-wrong'],
    [inProfile('<A>1</></A>'), '2:5 profile.end-tag-wrong'],
    [inProfile('<A ua="na>1</A>'), '2:7 profile.attribute-open'],
    [inProfile('<A ua>1</A>'), '2:4 profile.attribute-value'],
    [inProfile('<A ua=>1</A>'), '2:4 profile.attribute-value'],
    [inProfile('<A ua="na"b="x">1</A>'), '2:11 profile.attribute-space'],
    [inProfile('<A ,>1</A>'), '2:4 profile.tag-wrong'],
    [inProfile('<A ua="&">1</A>'), '2:8 profile.ampersand'],
    [inProfile('<A ua="na"\n<B/>'), '2:1 profile.tag-open'],
    [inProfile('<A>&#0;</A>'), '2:4 profile.reference-wrong'],
    [inProfile('<A>]]></A>'), '2:4 profile.cdata-end'],
    [inProfile('<A>a\u0007</A>'), '2:5 profile.control-character'],
    [inProfile('<A>\ud83d</A>'), '2:4 profile.control-character'],
    [inProfile('<!-- a -- b -->'), '2:8 profile.comment-dashes'],
    [inProfile('<!-- a --->'), '2:8 profile.comment-dashes'],
    [inProfile('<!-- a'), '2:1 profile.comment-open'],
    [inProfile('<A><![CDATA[x'), '2:4 profile.cdata-open'],
    [inProfile('<? x'), '2:1 profile.instruction-open'],
    [inProfile('<?xml version="1.0"?>'), '2:1 profile.declaration-place'],
    ['<?xml version="1.1"?><flat-profile/>', '1:1 profile.declaration-wrong'],
    ['<?xml encoding="UTF-8"?><flat-profile/>', '1:1 profile.declaration-wrong'],
    ['<?1?><flat-profile/>', '1:1 profile.instruction-wrong'],
    ['<!DOCTYPE a [<!ENTITY b "c">]><flat-profile/>', '1:1 profile.doctype'],
    [inProfile('<!ENTITY b "c">'), '2:1 profile.doctype'],
  ])('%j is refused with its place', (text, problem) => {
    expect(told(text)[0]).toBe(problem);
    expect(readDocument(text).problems[0]?.severity).toBe('error');
    if (!/root-wrong|1\.1|\ud83d/u.test(problem + text)) expect(checkWellFormed(text).ok).toBe(false);
  });

  it.each([
    [inProfile('stray <A/>'), '2:1 profile.stray-text'],
    [inProfile('<A><B>x</B></A>'), '2:4 profile.nested'],
    ['<?xml version="1.0" encoding="ISO-8859-1"?><flat-profile/>', '1:1 profile.encoding-other'],
    [inProfile('<A>Yes</A><!available options: Yes|No-->'), '2:11 profile.option-comment'],
  ])('%j is read on with a warning', (text, problem) => {
    expect(told(text)).toEqual([problem]);
    expect(readDocument(text).problems[0]?.severity).toBe('warning');
  });

  it('none of them quotes a password', () => {
    const text = inProfile('<Admin_Password>hunter&hunter2<hunter3 &#xhunter;&hunter4;</Admin_Password><Password_1_>a & hunter');
    const { problems } = readDocument(text);
    expect(problems.map(({ code }) => code)).toContain('profile.ampersand');
    expect(JSON.stringify(problems)).not.toContain('hunter');
  });

  it('an end tag that is missing loses none of what follows', () => {
    const { elements } = readDocument(inProfile('<A ua="na">one\n<B>two</B>\n<C>three\n<D ua="rw"/>'));
    expect(elements.map(({ name, value, ua }) => [name, value, ua])).toEqual([['A', 'one', 'na'], ['B', 'two', null], ['C', 'three', null], ['D', '', 'rw']]);
  });

  it('a dial plan with bare signs keeps its value', () => {
    const { elements } = readDocument(inProfile('<Dial_Plan_1_>(S0 <:1800> & <b>)</Dial_Plan_1_><Q>1</Q>'));
    expect(elements.map(({ value }) => value)).toEqual(['(S0 <:1800> & <b>)', '1']);
  });

  it('an option list without dashes still tells its options', () => {
    expect(only('<A>Yes</A>\n<!available options: Yes|No-->').optionList).toEqual(['Yes', 'No']);
  });
});

describe('a hostile text', () => {
  it('entities are declared in vain: nothing is expanded', () => {
    const text = `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><flat-profile><P>&b;</P></flat-profile>`;
    expect(readDocument(text).elements[0]?.value).toBe('&b;');
    expect(told(text)).toEqual(['1:1 profile.doctype', '1:80 profile.entity-unknown']);
  });

  it('nesting without end is told once, and costs no stack', () => {
    const text = `${'<a>'.repeat(60_000)}${'</a>'.repeat(60_000)}`;
    expect(told(text).filter((line) => line.endsWith('too-deep'))).toEqual(['1:193 profile.too-deep']);
  });

  it.each(['<!--', '<![CDATA[', '<?', '&', '&#', '<a>', '<a ', '<a b="', '<', '</', '</a>', '<!', '<!DOCTYPE [', '<a/>', ']]>', '\u0000', '<A>x\n', '   <', '<a></b>', '<!-- <a b="x -->', '<a b="&x;"/>'])(
    'eight million characters of %j are read in time that grows with their number, and few mistakes are told',
    (piece) => {
      const document = readDocument(`<flat-profile>${piece.repeat(8_000_000 / piece.length)}`);
      expect(document.problems.length).toBeGreaterThan(0);
      expect(document.problems.length).toBeLessThanOrEqual(501);
      expect(document.elements.length).toBeLessThanOrEqual(100_000);
    },
  );

  it('a profile of three thousand parameters is read whole', () => {
    const lines = Array.from({ length: 3_000 }, (_, index) => `<Parameter_${index}_ ua="na">value ${index}</Parameter_${index}_>`);
    const { elements, problems } = readDocument(inProfile(lines.join('\n')));
    expect([elements.length, problems.length, elements.at(-1)?.span.line]).toEqual([3_000, 0, 3_001]);
  });
});
