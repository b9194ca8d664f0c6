import { describe, expect, it } from 'vitest';
import type { RuleKind } from '../../../../../common/values/rule.ts';
import { parseRule } from '../../../../../main/domain/rule/parse.ts';

/** `code text-that-it-speaks-of` of each problem. */
function problems(text: string, kind: RuleKind = 'profile'): readonly string[] {
  return parseRule(kind, text).problems.map(({ code, span }) => `${code} ${text.slice(span.from, span.to)}`);
}

describe('rules of the documents', () => {
  it.each<readonly [RuleKind, string]>([
    ['profile', '/$PSN.xml'],
    ['profile', 'http://prov.example/$MA.cfg'],
    ['profile', '192.168.1.130/profiles/init.cfg'],
    ['profile', 'tftp://192.168.1.5/CP_x8xx_MPP.cfg'],
    ['profile', '[--key $B] http://prov.example/$MA.cfg'],
    ['profile', '[--key "a b c" --uid u --pwd p\\043]http://prov.example:8080/$PN$MA.xml'],
    ['profile', '[--key $SA] https://prov.example/a'],
    ['profile', '[--uid u --pwd p]http://prov.example/a'],
    ['profile', '[--srv] https://example.com/$PSN.xml'],
    ['profile', '[--post a --alias b] http://prov.example/a'],
    ['profile', 'https://p.tel.com/config?'],
    ['profile', '($PRVST ne 2)? https://a/x | http://b/x'],
    ['profile', '("$CCERT" eq "Installed")? https://a/x | ("$PN" != "CP-8841-3PCC" and $PRVST=0)? /y | tftp://c/z'],
    ['profile', '("$ISCUST" eq "0" AND $SWVER lt sip88xx.11-3-1MPP-1)? (Line_Enable_1_ = "No"; Proxy_1_="a";)! http://b/x'],
    ['profile', '(Line_Enable_1_ = "No";)! http://b/x'],
    ['profile', 'gds://'],
    ['upgrade', '($SWVER ge sip78xx.11-0-0MPP-7)? http://H/sip78xx.11-2-1MES-3.loads | http://H/sip78xx.11-0-0MPP-7.loads'],
    ['upgrade', '[--uid u --pwd p]http://H/sip88xx.12-0-7MPP0201-66.loads'],
    ['report', '[--delta]http://h/d.xml [--status]http://h/s.xml'],
    ['report', '[--key $SA] http://h/r.xml'],
    ['ca', 'http://10.20.0.1/ca.pem'],
    ['trigger', '$SWVER lt sip88xx.11-3-1MPP-1 and "$A" ne "x"'],
    ['trigger', '$PRVTMR ge 600'],
    ['profile', ''],
    ['profile', '$A'],
    ['profile', '$A | /x'],
    ['profile', '$(B) http://h/x'],
    ['profile', 'http://$B:$C/x'],
  ])('%s: %s', (kind, text) => expect(problems(text, kind)).toEqual([]));

  it('reads alternatives, conditions, assignments, options and URL', () => {
    const text = '($PRVST ne 2 and "$PN" = "x")? (A_b.c-d = "v w";)! [--key "k 1" --srv --x y] https://h.example:8443/p?q |/z';
    const { alternatives } = parseRule('profile', text);
    expect(alternatives).toHaveLength(2);
    const [first, second] = alternatives;
    expect(first?.condition?.comparisons.map(({ left, operator, right }) => [left?.kind, left?.text, operator, right.kind, right.text])).toEqual([
      ['macro', '$PRVST', 'ne', 'integer', '2'], ['string', '$PN', 'eq', 'string', 'x'],
    ]);
    expect(first?.assignments.map(({ name, value }) => [name, value])).toEqual([['A_b.c-d', 'v w']]);
    expect(first?.targets[0]?.options.map(({ name, value, known }) => [name, value, known])).toEqual([['key', 'k 1', true], ['srv', null, true], ['x', 'y', false]]);
    expect(first?.targets[0]?.url).toMatchObject({ kind: 'url', scheme: 'https', host: 'h.example', port: 8443, path: '/p?q' });
    expect(second?.targets[0]?.url).toMatchObject({ kind: 'path', path: '/z' });
    expect(text.slice(second?.span.from, second?.span.to)).toBe('/z');
  });

  it('a bar or a question mark inside of quotes is text', () => {
    const { alternatives, problems: found } = parseRule('profile', '("$A" = "a|b)?")? http://h/x');
    expect(found).toEqual([]);
    expect(alternatives[0]?.condition?.comparisons[0]?.right.text).toBe('a|b)?');
  });
});

describe('what is wrong, and where', () => {
  const wrong: readonly (readonly [string, readonly string[], RuleKind?])[] = [
    ['http://a/x | http://b/y', ['rule.alternative.no-condition |']],
    ['(1 = 1)? http://a/x |', ['rule.alternative.empty ']],
    ['(1 = 1)? http://a/x || /y', ['rule.alternative.empty |']],
    ['($A eq 1 or $B eq 2)? /x', ['rule.condition.or or']],
    ['(not 1)? /x', ['rule.condition.or not']],
    ['($A eq 1 && $B eq 2)? /x', ['rule.condition.join &&']],
    ['(($A eq 1))? /x', ['rule.condition.nested (']],
    ['($PN == "x")? /x', ['rule.condition.operator ==']],
    ['($PN eq CP-8841-3PCC)? /x', ['rule.operand.quotes CP-8841-3PCC']],
    ['("$PN" lt "x")? /x', ['rule.compare.text-order "$PN" lt "x"']],
    ['($SWVER ge 11.0.0)? /x', ['rule.operand.dots $SWVER ge 11.0.0']],
    ['()? /x', ['rule.condition.empty ()']],
    ['($A eq )? /x', ['rule.operand.missing eq']],
    ['($A)? /x', ['rule.condition.operator-missing $A']],
    ['($A eq 1 and)? /x', ['rule.condition.dangling and']],
    ['($A eq 1) /x', ['rule.group.mark )']],
    ['($A eq 1? /x', ['rule.group.open (']],
    ['($A eq "1)? /x', ['rule.group.open (']],
    ['$A eq 1? /x', ['rule.condition.parentheses eq 1? /x']],
    ['(A = 1;)! /x', ['rule.assign.quotes 1;']],
    ['(A = "1")! /x', ['rule.assign.semicolon "']],
    ['(= "1";)! /x', ['rule.assign.name =']],
    ['[--key] /x', ['rule.option.value --key']],
    ['[--key k /x', ['rule.option.bracket [', 'rule.option.word /x'],
    ],
    ['[key k] http://h/x', ['rule.option.word key', 'rule.option.word k']],
    ['[--post q] http://h/x', ['rule.option.register q']],
    ['[--post A] http://h/x', ['rule.option.register A']],
    ['[--post a] tftp://h/x', ['rule.post.tftp tftp://h/x']],
    ['[--srv] example.com/x', ['rule.srv.tftp example.com/x']],
    ['[--uid u] http://h/x', ['rule.login.half http://h/x']],
    ['[--cfg x] http://h/x', ['rule.option.unknown --cfg']],
    ['[--delta] http://h/x', ['rule.option.not-here --delta']],
    ['[--pwd a\\057b --uid u] http://h/x', ['rule.option.backslash a\\057b']],
    ['[--key k]', ['rule.url.missing [--key k]']],
    ['ftp://h/x', ['rule.url.scheme ftp://']],
    ['http://h', ['rule.url.no-path http://h']],
    ['init.cfg', ['rule.url.no-path init.cfg']],
    ['http:///x', ['rule.url.no-server http://']],
    ['http://h:99999/x', ['rule.url.port 99999']],
    ['http://h:/x', ['rule.url.port /']],
    ['http://u:p@h/x', ['rule.url.login u:p@h']],
    ['http://h_/x', ['rule.url.host h_']],
    ['http://h/a b', ['rule.url.space b']],
    ['gds://12', ['rule.gds.code 12']],
    ['gds://123456', ['rule.gds.unconfirmed 123456']],
    ['gds://', ['rule.gds.not-here gds://'], 'upgrade'],
    ['/x.loads', ['rule.upgrade.server /x.loads'], 'upgrade'],
    ['http://h/x.bin', ['rule.upgrade.loads http://h/x.bin'], 'upgrade'],
    ['http://h/a http://h/b http://h/c', ['rule.report.many http://h/c'], 'report'],
    ['($A eq 1)?', ['rule.trigger.bare ('], 'trigger'],
    ['&PN.cfg', ['rule.macro.ampersand &PN', 'rule.url.host &PN.cfg']],
    ['/$ma.cfg', ['rule.macro.case $ma']],
    ['/$ZOPE.cfg', ['rule.macro.unknown $ZOPE']],
    ['/$SA.cfg', ['rule.macro.secret-outside $SA']],
    ['($SWVER &lt; 11-0-0MPP)? /x', ['rule.condition.operator &', 'rule.escaped &lt;']],
    ['(“$PN” eq "x")? /x', ['rule.quote.curled “', 'rule.quote.curled ”']],
    ['[–key k] http://h/x', ['rule.dash –', 'rule.option.word k']],
    ['/x\u0000', ['rule.control \u0000']],
  ];

  it.each(wrong.map(([text, expected, kind = 'profile']) => ({ text, expected, kind })))('$text', ({ text, expected, kind }) => {
    expect(problems(text, kind).toSorted()).toEqual(expected.toSorted());
  });

  it('accepts what older phones took, with a warning', () => {
    const { problems: found, alternatives } = parseRule('profile', '($PRVST ! 2)? /a | (lt sip88xx.11-0-0MPP)? /b | /c');
    expect(found.map(({ code, severity }) => [code, severity])).toEqual([['rule.condition.lone-not', 'warning'], ['rule.condition.implicit', 'warning']]);
    expect(alternatives[0]?.condition?.comparisons[0]?.operator).toBe('ne');
    expect(alternatives[1]?.condition?.comparisons[0]?.left).toBeNull();
  });

  it('says line and column of a rule of several lines', () => {
    const span = parseRule('profile', '(1 = 1)? /a |\r\n(1 = 2)? ftp://h/x').problems[0]?.span;
    expect(span).toMatchObject({ line: 2, column: 10 });
  });
});

describe('limits', () => {
  it.each([
    ['10,000 alternatives', '(1 = 1)? /a |'.repeat(10_000), 'rule.limit.length'],
    ['many alternatives in a short text', '(1=1)?/a|'.repeat(5_000), 'rule.limit.alternatives'],
    ['deep brackets', '('.repeat(50_000), 'rule.group.open'],
    ['closed deep brackets', `${'('.repeat(40_000)}${')'.repeat(40_000)}? /x`, 'rule.condition.nested'],
    ['many comparisons', `(${'1=1 and '.repeat(5_000)}1=1)? /a`, 'rule.limit.comparisons'],
    ['many assignments', `(${'a="b";'.repeat(5_000)})! /a`, 'rule.limit.assignments'],
    ['many options', `[${'--a b '.repeat(5_000)}] /a`, 'rule.limit.options'],
  ])('%s end with a code', (_, text, code) => {
    const found = parseRule('profile', text).problems;
    expect(found.map((problem) => problem.code)).toContain(code);
    expect(found.length).toBeLessThanOrEqual(100);
  });
});
