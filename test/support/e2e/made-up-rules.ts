import type { implement } from '@orpc/server';
import type { contract } from '../../../common/contract/contract.ts';
import type { ReportView, RuleFacts, RuleTrace } from '../../../common/contract/views/profiles.ts';
import type { Mac } from '../../../common/values/mac.ts';

type Os = ReturnType<typeof implement<typeof contract>>;
const DAY = 86_400_000;
const started = Date.now();

/** Rules and reports of the made-up host: what it says of a rule is invented, and right for the rules of the design alone. */
export function madeUpRules(os: Os) {
  return {
    rules: {
      facts: os.rules.facts.handler(({ input }) => facts(input.mac ?? '00562b043615')),
      trace: os.rules.trace.handler(({ input }) => traceOf(input.kind, input.rule, input.facts)),
      keypad: os.rules.keypad.handler(({ input }) => traceOf('profile', input.text, input.facts)),
    },
    reports: {
      list: os.reports.list.handler(({ input }) => ({ rows: reportRows(input.mac), more: false })),
      text: os.reports.text.handler(({ input }) => (input.id === 3 ? null : { text: REPORT_TEXT })),
      compare: os.reports.compare.handler(() => [
        { name: 'Provision_Enable', served: 'Yes', reported: 'Yes', verdict: 'same' },
        { name: 'Profile_Rule', served: '[--key ••••••]http://10.20.0.1/p/$MA.cfg', reported: '[--key ••••••]http://10.20.0.1/p/$MA.cfg', verdict: 'same' },
        { name: 'Resync_Periodic', served: '86400', reported: '3600', verdict: 'different' },
        { name: 'Syslog_Server', served: '10.20.0.1:514', reported: null, verdict: 'missing' },
        { name: 'Password_1_', served: '••••••', reported: null, verdict: 'hidden' },
        { name: 'Station_Name', served: null, reported: 'Chambre 3', verdict: 'unasked' },
        ...Array.from({ length: 40 }, (_, index) => ({ name: `Display_Name_${index + 2}_`, served: `Chambre ${index}`, reported: `Chambre ${index}`, verdict: 'same' as const })),
      ]),
    },
  };
}

function reportRows(mac: Mac | undefined): readonly ReportView[] {
  const of = { mac: mac ?? null, sha256: 'c0ffee'.padEnd(64, '0'), stored: 'uploads/report.xml', encrypted: null, failure: null };
  return [
    { ...of, id: 1, at: started - 60_000, kind: 'report', path: '/report/cfg.xml', bytes: 64_120, parameters: 1184, encrypted: 'aes' },
    { ...of, id: 2, at: started - 120_000, kind: 'post', path: '/profile.php', bytes: 48, parameters: 0 },
    { ...of, id: 3, at: started - 2 * DAY, kind: 'status', path: '/report/status.xml', bytes: 9120, parameters: 0, failure: { code: 'report.unreadable', params: {} } },
  ];
}

function facts(mac: string): RuleFacts {
  return {
    macros: { MA: mac, MAU: mac.toUpperCase(), MAC: mac.match(/../g)?.join(':') ?? '', PN: 'CP-8841-3PCC', PSN: '8841-3PCC', SN: 'FCH2140D0AB', SWVER: 'sip88xx.11-3-1MPP0001-609', HWVER: '2.0.1', IP: '10.20.0.127', PRVST: '0', CCERT: 'Installed', A: 'secret-of-thirty-two-bytes-long-' },
    secrets: {}, server: '10.20.0.1', ikm: false, timing: {}, failures: 0, now: Date.now(),
  };
}

function traceOf(kind: RuleTrace['kind'], rule: string, known: RuleFacts): RuleTrace {
  const span = (from: number, to: number) => ({ from, to, line: rule.slice(0, from).split('\n').length, column: from - rule.lastIndexOf('\n', from - 1) });
  const bar = rule.indexOf('|');
  const url = /(?:https?|tftp):\/\/[^\s|]*/.exec(bar < 0 ? rule : rule.slice(bar))?.[0] ?? '';
  const path = url.replace(/^\w+:\/\/[^/]*/, '').replaceAll('$MA', known.macros['MA'] ?? '');
  const host = /^\w+:\/\/([^/:]*)/.exec(url)?.[1] ?? known.server ?? '';
  const open = rule.indexOf('[') >= 0 && rule.indexOf(']') < 0;
  return {
    kind,
    problems: open ? [{ code: 'rule.options-open', params: {}, severity: 'error', span: span(rule.indexOf('['), rule.indexOf('[') + 1) }] : [],
    alternatives: bar < 0 ? [{ span: span(0, rule.length), verdict: open ? 'unreadable' : 'wins' }] : [{ span: span(0, bar), verdict: 'false' }, { span: span(bar + 1, rule.length), verdict: 'wins' }],
    expanded: url === '' ? null : `[--key ••••••]${url}`,
    steps: open ? [] : bar < 0 ? [{ code: 'Only one alternative, and it has no condition. It wins', params: {}, tone: 'yes', span: span(0, rule.length) }] : [
      { code: 'Is 11.3.1 lower than 11.3.1? No. First alternative is left', params: {}, tone: 'no', span: span(0, bar) },
      { code: 'Second alternative has no condition. It wins', params: {}, tone: 'yes', span: span(bar + 1, rule.length) },
      { code: '$MA → 00562b7114d9, $A → secret. Key from GPP_A, 32 bytes', params: {}, tone: 'yes', span: null },
    ],
    assignments: [],
    requests: open || url === '' ? [] : [{ method: 'GET', scheme: 'http', host, port: 80, path, url: `http://${host}:80${path}`, encrypted: rule.includes('--key') ? 'aes' : null, keySource: rule.includes('--key') ? 'register' : null, keyBytes: rule.includes('--key') ? 32 : null, login: false }],
    ends: !open && url === '' ? { code: 'Nothing is asked. The rule is empty', params: {} } : null,
    next: open ? [] : [
      { outcome: 'success', from: 86_400, to: null, then: [], because: 'Resync_Periodic', note: null },
      { outcome: 'missing', from: 60, to: null, then: [120], because: 'Resync_Error_Retry_Delay', note: null },
      { outcome: 'corrupt', from: 60, to: null, then: [], because: 'Resync_Error_Retry_Delay', note: null },
      { outcome: 'unreachable', from: 60, to: 90, then: [], because: 'Resync_Error_Retry_Delay', note: null },
    ],
  };
}

export const REPORT_TEXT = `<flat-profile>
  <!-- Clinique Saint-Roch, all models -->
  <Provision_Enable ua="na">Yes</Provision_Enable>
  <Profile_Rule ua="na">[--key ••••••]http://10.20.0.1/p/$MA.cfg</Profile_Rule>
  <Password_1_ ua="na">••••••</Password_1_>
</flat-profile>
`;
