import { describe, expect, it } from 'vitest';
import { english } from '../../../../../common/contract/sentences/en.ts';
import type { RuleFacts, RuleKind, RuleTrace } from '../../../../../common/values/rule.ts';
import { traceKeypad } from '../../../../../main/domain/rule/keypad.ts';
import { resolveRule } from '../../../../../main/domain/rule/resolve.ts';
import { isLawful, traceRule } from '../../../../../main/domain/rule/trace.ts';
import { factsWith } from '../../../../support/rule-facts.ts';

const urls = (text: string, more: Partial<RuleFacts> = {}, kind: RuleKind = 'profile'): readonly string[] =>
  traceRule(kind, text, factsWith(more)).requests.map(({ method, url }) => `${method} ${url}`);
const codes = (trace: RuleTrace): readonly string[] => trace.steps.map((step) => step.code);

describe('the URL that is asked', () => {
  it.each([
    ['192.168.1.130/profiles/init.cfg', 'RRQ tftp://192.168.1.130:69/profiles/init.cfg'],
    ['tftp://192.168.1.5/CP_x8xx_MPP.cfg', 'RRQ tftp://192.168.1.5:69/CP_x8xx_MPP.cfg'],
    ['http://h.example/$PN$MA.xml', 'GET http://h.example:80/CP-8841-3PCC000e08012345.xml'],
    ['https://p.tel.com/config?', 'GET https://p.tel.com:443/config?'],
    ['http://h:8080/', 'GET http://h:8080/'],
    ['HTTP://h/x', 'GET http://h:80/x'],
    ['[--post a] http://h/x', 'POST http://h:80/x'],
    ['tftp://h/$$MAU', 'RRQ tftp://h:69/$MAU'],
    ['tftp://h/$STRANGE$MAU.cfg', 'RRQ tftp://h:69/$STRANGE000E08012345.cfg'],
  ])('%s gives %s', (text, url) => expect(urls(text)).toEqual([url]));

  it('a path alone goes to the server of DHCP, with the automatic names behind it', () => {
    expect(urls('/$PSN.xml')).toEqual([
      'RRQ tftp://10.20.0.1:69/8841-3PCC.xml', 'RRQ tftp://10.20.0.1:69/Cisco/CP-8841-3PCC/000e08012345.cfg',
      'GET http://10.20.0.1:80/8841-3PCC.xml', 'GET http://10.20.0.1:80/Cisco/CP-8841-3PCC/000e08012345.cfg',
      'GET https://10.20.0.1:443/8841-3PCC.xml', 'GET https://10.20.0.1:443/Cisco/CP-8841-3PCC/000e08012345.cfg',
    ]);
    expect(urls('/x', { server: 'http://h:8080/p' })).toEqual(['GET http://h:8080/p', 'GET http://h:8080/p/x', 'GET http://h:8080/p/Cisco/CP-8841-3PCC/000e08012345.cfg']);
  });

  it('a doubled sign in a path for the server of DHCP is not filled a second time', () => {
    expect(urls('/$$MAU', { server: 'tftp://h' })[1]).toBe('RRQ tftp://h:69/$MAU');
  });

  it('asks for the SRV names before the request', () => {
    expect(urls('[--srv] https://example.com/$PSN.xml')).toEqual(['SRV _ciscoprov-https._tls.example.com', 'GET https://example.com:443/8841-3PCC.xml']);
    expect(urls('[--srv] http://example.com/x')[0]).toBe('SRV _ciscoprov-http._tcp.example.com');
  });

  it('a report goes out by POST, PUT or TFTP write, two at most', () => {
    expect(urls('[--delta]http://h/d.xml [--status]http://h/s.xml', {}, 'report')).toEqual(['POST http://h:80/d.xml', 'POST http://h:80/s.xml']);
    expect(urls('http://h/r', { timing: { HTTP_Report_Method: 'PUT' } }, 'report')).toEqual(['PUT http://h:80/r']);
    expect(urls('tftp://h/r', {}, 'report')).toEqual(['WRQ tftp://h:69/r']);
  });

  it('a register may hold the whole rule', () => {
    expect(urls('$B', { macros: { B: '("$PN" = "x")? http://a/x | http://b/y' } })).toEqual(['GET http://b:80/y']);
  });
});

describe('which alternative wins', () => {
  const rule = '($SWVER ge sip78xx.11-0-0MPP-7)? http://H/sip78xx.11-2-1MES-3.loads | http://H/sip78xx.11-0-0MPP-7.loads';

  it('the stages of an upgrade follow the load that runs', () => {
    expect(urls(rule, { macros: { SWVER: 'sip78xx.10-4-1MPP-1' } }, 'upgrade')).toEqual(['GET http://H:80/sip78xx.11-0-0MPP-7.loads']);
    expect(urls(rule, { macros: { SWVER: 'sip78xx.11-0-0MPP-7' } }, 'upgrade')).toEqual(['GET http://H:80/sip78xx.11-2-1MES-3.loads']);
  });

  it.each([
    ['$SWVER gt sip99xx.11-3-1MPP-1', true],
    ['"$SWVER" = "sip88xx.11-3-2MPP0001-609"', true],
    ['"$SWVER" = "11-3-2MPP0001-609"', false],
    ['$SWVER = 11-3-2MPP0001-609', true],
    ['$PRVST = 0', true],
    ['$PRVST != -1', true],
    ['$PRVST gt 0', false],
    ['10 > 9', true],
    ['"$CCERT" eq "Installed"', false],
    ['$HWVER ge 2.0.0', true],
    ['"$A" = "ABCDEF" and $PRVST le 0 AND 1 ne 2', true],
    ['"$(A:2:3)" = "CDE"', true],
    ['"$A" = "abcdef"', false],
    ['lt sip88xx.12-0-0MPP-1', true],
  ])('(%s) is %s', (condition, verdict) => {
    const trace = traceRule('profile', `(${condition})? http://h/yes | http://h/no`, factsWith());
    expect(trace.requests.map(({ path }) => path)).toEqual([verdict ? '/yes' : '/no']);
    expect(trace.alternatives.map((one) => one.verdict)).toEqual(verdict ? ['wins', 'not-reached'] : ['false', 'wins']);
  });

  it('shows both values and the verdict of every comparison, with its place', () => {
    const text = '($PRVST ne 0 and $SWVER lt sip88xx.11-3-3MPP-1)? /a | http://h/b';
    const trace = traceRule('profile', text, factsWith());
    const compared = trace.steps.filter((step) => step.code.startsWith('rule.step.compare'));
    expect(compared.map(({ code, params, tone, span }) => [code, params, tone, text.slice(span?.from, span?.to)])).toEqual([
      ['rule.step.compare-number-false', { left: '0', sign: '!=', right: '0' }, 'no', '$PRVST ne 0'],
      ['rule.step.compare-version-true', { left: 'sip88xx.11-3-2MPP0001-609', sign: '<', right: 'sip88xx.11-3-3MPP-1' }, 'yes', '$SWVER lt sip88xx.11-3-3MPP-1'],
    ]);
  });

  it.each([
    ['($EXTIP eq 1)? http://h/a | http://h/b', 'rule.step.compare-no-value'],
    ['($SWVER ge sip88xx.0104-MPP-9875dev)? http://h/a | http://h/b', 'rule.step.compare-not-comparable'],
    ['($SWVER ge 11)? http://h/a | http://h/b', 'rule.step.compare-kinds'],
  ])('%s: what cannot be told is neither true nor false', (text, code) => {
    const trace = traceRule('profile', text, factsWith());
    expect(codes(trace)).toContain(code);
    expect(trace.alternatives.map((one) => one.verdict)).toEqual(['unreadable', 'not-reached']);
    expect(trace.ends?.code).toBe('rule.end.unreadable');
    expect(isLawful(trace)).toBe(false);
  });

  it('a false comparison decides even beside one that cannot be told', () => {
    expect(urls('($EXTIP eq 1 and $PRVST eq 7)? http://h/a | http://h/b')).toEqual(['GET http://h:80/b']);
  });

  it('an unquoted macro without content is no operand, and not the missing left side of older rules', () => {
    const trace = traceRule('profile', '($B lt 12-0-0MPP-1)? /a | /b', factsWith({ macros: { B: '' } }));
    expect(trace.problems.map((problem) => problem.code)).toContain('rule.operand.empty');
  });
});

describe('how a rule ends without a request', () => {
  const ends: readonly (readonly [string, string, boolean, Partial<RuleFacts>?, RuleKind?])[] = [
    ['', 'rule.end.empty', true],
    ['   ', 'rule.end.empty', true],
    ['(1 = 2)? http://h/x', 'rule.end.none-true', true],
    ['(1 = 1)? (A = "1";)!', 'rule.end.assign-only', true],
    ['(1 = 1)?', 'rule.end.nothing', true],
    ['gds://', 'rule.end.activation', true],
    ['gds://123456', 'rule.end.activation-code', true],
    ['/x', 'rule.end.no-server', false, { server: null }],
    ['/x', 'rule.end.bad-server', false, { server: '???' }],
    ['ftp://h/x', 'rule.end.wrong', false],
    ['$PRVTMR ge 600', 'rule.end.trigger-true', true, { macros: { PRVTMR: '700' } }, 'trigger'],
    ['$PRVTMR ge 600', 'rule.end.trigger-false', true, { macros: { PRVTMR: '7' } }, 'trigger'],
    ['$PRVTMR ge 600', 'rule.end.unreadable', false, {}, 'trigger'],
  ];

  it.each(ends.map(([text, code, lawful, more = {}, kind = 'profile']) => ({ text, code, lawful, more, kind })))('"$text" ends with $code', ({ text, code, lawful, more, kind }) => {
    const trace = traceRule(kind, text, factsWith(more));
    expect(trace.ends?.code).toBe(code);
    expect(trace.requests).toEqual([]);
    expect(isLawful(trace)).toBe(lawful);
  });
});

describe('encryption and login', () => {
  const request = (text: string, more: Partial<RuleFacts> = {}): RuleTrace['requests'][number] | undefined => traceRule('profile', text, factsWith(more)).requests.at(-1);

  it.each([
    ['[--key abc] http://h/x', 'literal', 3],
    ['[--key "a b c"] http://h/x', 'literal', 5],
    ['[--key $A] http://h/x', 'register', 6],
    ['[--key $SA] http://h/x', 'secret-register', 8],
    ['[--key $MAU] http://h/x', 'macro', 12],
    ['[--key $SB] http://h/x', 'secret-register', null],
    ['[--key $D] http://h/x', 'register', null],
  ])('%s: key from %s, %s bytes', (text, keySource, keyBytes) => {
    expect(request(text, { secrets: { SA: 'hunter22' } })).toMatchObject({ encrypted: 'aes', keySource, keyBytes });
  });

  it('the IKM alone means aes128gcm, which only HTTP can mark', () => {
    expect(request('http://h/x', { ikm: true })).toMatchObject({ encrypted: 'aes128gcm', keySource: 'ikm' });
    expect(request('tftp://h/x', { ikm: true })).toMatchObject({ encrypted: null, keySource: null });
    expect(codes(traceRule('profile', '[--key $A] http://h/x', factsWith({ ikm: true })))).toContain('rule.step.header-wins');
  });

  it('says that a login is sent when asked, over HTTP', () => {
    expect(request('[--uid u --pwd p] http://h/x')?.login).toBe(true);
    expect(request('http://h/x')?.login).toBe(false);
  });

  it('shows no secret anywhere', () => {
    const secrets = { SA: 'hunter22', SB: 'correct horse' };
    const macros = { B: 'registerkey', MPWD: 'mobility-secret' };
    for (const text of [
      '[--key $SA --uid $SB --pwd "$SA"] http://h/x',
      '[--key $B --uid u --pwd literal-secret] http://h/$B',
      '("$B" = "registerkey")? (Admin_Password = "literal-secret"; A="$MPWD";)! [--key "$B"] http://h/$MPWD',
      '[--key literal-secret] ftp://literal-secret/x literal-secret',
      '[--pwd \\154iteral-secret --uid x] http://h/x',
    ]) {
      const shown = JSON.stringify(traceRule('profile', text, factsWith({ macros, secrets })));
      for (const secret of ['hunter22', 'correct horse', 'registerkey', 'mobility-secret', 'literal-secret']) expect(shown).not.toContain(secret);
    }
  });

  it('gives the one who follows the rule the real values, octal escapes read in login alone', () => {
    const { targets } = resolveRule('profile', '[--key \\043$SA --uid a\\043b --pwd "$SA:\\134"] http://h/x', factsWith({ secrets: { SA: 'hunter22' } }));
    expect(targets[0]?.key?.text).toBe('\\043hunter22');
    expect(targets[0]?.user?.text).toBe('a#b');
    expect(targets[0]?.password?.text).toBe('hunter22:\\');
  });

  it('fills the macros of a POST body once', () => {
    const { targets } = resolveRule('profile', '[--post b] http://h/x', factsWith({ macros: { B: 'mac=$MA&a=$A&$$MA', A: '$PN' } }));
    expect(targets[0]).toMatchObject({ method: 'POST', post: { register: 'B', body: 'mac=000e08012345&a=$PN&$MA' } });
  });
});

describe('the keypad', () => {
  it('takes protocol, server, port and path, and TFTP where none is written', () => {
    expect(traceKeypad('192.168.1.5/CP_x8xx_MPP.cfg', factsWith()).requests[0]?.url).toBe('tftp://192.168.1.5:69/CP_x8xx_MPP.cfg');
    expect(traceKeypad('http://192.168.1.5:8080/a', factsWith()).problems).toEqual([]);
    expect(traceKeypad('[--srv] https://example.com/$PSN.xml', factsWith()).requests[0]?.method).toBe('SRV');
  });

  it('warns of what belongs into a profile', () => {
    expect(traceKeypad('(1 = 1)? /a | /b', factsWith()).problems.map(({ code, severity }) => [code, severity])).toEqual([['rule.keypad.plain', 'warning']]);
  });
});

it('every code of a trace has its sentence', () => {
  const texts = [
    '($PRVST = 0 and "$A" != "x" and $HWVER lt 3.0.0)? (A = "$B";)! [--key $SA --uid u --pwd p --post a --alias b --x y] https://h/$ZZ$$',
    '(1 = 2)? /a | /b', '/x', '[--srv] http://e/x', 'gds://', '', '(1 lt "x")? /y', 'http://h/x y',
  ];
  for (const kind of ['profile', 'upgrade', 'report', 'ca', 'trigger'] as const) {
    for (const text of texts) {
      const trace = traceRule(kind, text, factsWith({ ikm: true }));
      const all = [...trace.problems, ...trace.steps, ...(trace.ends ? [trace.ends] : [])].map((one) => one.code);
      for (const code of [...all, ...trace.next.flatMap(({ note }) => (note === null ? [] : [note]))]) expect(Object.keys(english)).toContain(code);
    }
  }
});
