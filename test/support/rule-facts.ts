import type { RuleFacts } from '../../common/values/rule.ts';

/** An 8841 on a bench whose DHCP names 10.20.0.1; noon UTC of a Sunday. */
export function factsWith(more: Partial<RuleFacts> = {}): RuleFacts {
  return {
    secrets: {}, server: '10.20.0.1', ikm: false, timing: { Time_Zone: 'GMT+00:00' }, failures: 0, now: Date.UTC(2026, 10, 22, 12),
    ...more,
    macros: {
      MA: '000e08012345', MAU: '000E08012345', MAC: '00:0e:08:01:23:45', PN: 'CP-8841-3PCC', PSN: '8841-3PCC', SN: 'FCH2443D9R4',
      SWVER: 'sip88xx.11-3-2MPP0001-609', HWVER: '2.0.1', PRVST: '0', CCERT: 'Not Installed', ISCUST: '0', A: 'ABCDEF',
      ...more.macros,
    },
  };
}
