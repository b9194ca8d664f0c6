import { REPORT_TEXT } from './made-up-rules.ts';
import type { PhonePage, PhoneView, ProfileView, TimelineRow } from '../../../common/contract/views/phone.ts';
import { STAGES, stageRank } from '../../../common/values/stage.ts';

/** The page of a phone of the made-up fleet, with the story of the design's phone 07. */
export function phonePage(phone: PhoneView, now: number): PhonePage {
  const reached = stageRank(phone.stage);
  return {
    phone,
    stages: STAGES.map((stage, rank) => ({ stage, at: rank <= reached ? phone.stageAt - (reached - rank) * 39_000 : null, lines: rank === 0 ? 1 : rank <= reached ? 3 + rank : 0 })),
    identity: [
      { kind: 'mac', value: phone.mac, from: ['list', 'chaddr'] },
      ...(phone.model ? [{ kind: 'model', value: phone.model, from: ['option60', 'path'] } as const] : []),
      ...(phone.serial ? [{ kind: 'serial', value: phone.serial, from: ['list'] } as const] : []),
      ...(phone.firmware ? [{ kind: 'firmware', value: phone.firmware, from: ['user-agent'] } as const] : []),
      ...(phone.ip ? [{ kind: 'address', value: phone.ip, from: ['lease'] } as const] : []),
      ...(phone.name ? [{ kind: 'name', value: phone.name, from: ['list'] } as const] : []),
    ],
    causes: phone.attention
      ? [
          { code: phone.attention.code, params: phone.attention.params, strength: 'strong', evidence: [18, 17] },
          { code: 'profile.variable-missing', params: { variable: 'extension' }, strength: 'possible', evidence: [] },
          { code: 'phone.transfer-broken', params: { file: '/p/00562bbc8c0d.cfg' }, strength: 'unlikely', evidence: [] },
        ]
      : [],
    nextTryAt: phone.face === 'expected' ? null : now + 3_600_000,
    variables: { extension: '3007', password: '' },
  };
}

export function timelineOf(phone: PhoneView): readonly TimelineRow[] {
  if (phone.face === 'expected') return [];
  const start = phone.stageAt - 60_000;
  const peer = phone.ip ?? '0.0.0.0';
  const wire = (seq: number, after: number, server: string, asked: string, what: string, answer: string, tone: TimelineRow['tone'] = 'ok', detail: TimelineRow['detail'] = {}, tookMs: number | null = null): TimelineRow => ({
    seq, at: start + after, kind: 'wire', server, asked, what, answer, tone, peer, tookMs, detail,
  });
  const rows: TimelineRow[] = [
    wire(11, 7912, 'dhcp', 'DISCOVER', 'Cisco Systems, Inc. IP Phone CP-7841-3PCC', `OFFER ${peer}`, 'ok', { option66: '10.20.0.1', option150: '10.20.0.1', lease: 600 }, 1.2),
    wire(12, 7951, 'dhcp', 'REQUEST', peer, 'ACK', 'ok', { lease: 600, server: '10.20.0.1' }, 0.8),
    { seq: 13, at: start + 8000, kind: 'stage', server: null, asked: '', what: 'addressed', answer: '', tone: 'ok', peer: null, tookMs: null, detail: {} },
    wire(14, 9204, 'tftp', 'RRQ', '/7841-3PCC.xml', '3,412 bytes', 'ok', { blksize: 1428, window: 16, bytes: 3412 }, 11),
    wire(15, 21660, 'http', 'GET', `/p/${phone.mac}.cfg`, '200', 'ok', { bytes: 19872, userAgent: 'Cisco-CP-7841-3PCC/11.0.1 (00562bbc8c0d)' }, 4),
    { seq: 16, at: start + 21667, kind: 'stage', server: null, asked: '', what: 'profile', answer: '', tone: 'ok', peer: null, tookMs: null, detail: {} },
  ];
  if (phone.face !== 'attention') return rows.toReversed();
  return [
    ...rows,
    wire(17, 22031, 'syslog', 'line', '-- Resync failed: Corrupt file', '', 'attention', { facility: 'local0', severity: 3 }),
    wire(18, 34031, 'syslog', 'line', '-- Resync failed: Corrupt file', '', 'attention', { facility: 'local0', severity: 3 }),
    { seq: 19, at: start + 47000, kind: 'attention', server: null, asked: '', what: 'phone.resync-failed', answer: '', tone: 'attention', peer: null, tookMs: null, detail: { error: 'Corrupt file' } } as TimelineRow,
  ].toReversed();
}

const TEMPLATE = `<flat-profile>
  <Resync_Periodic ua="na">3600</Resync_Periodic>
  <Profile_Rule ua="na">http://{{bench}}/p/$MA.cfg</Profile_Rule>
  <Display_Name_1_ ua="rw">{{name}}</Display_Name_1_>
  <User_ID_1_ ua="na">{{extension}}</User_ID_1_>
  <Password_1_ ua="na">{{password}}</Password_1_>
  <Syslog_Server ua="na">{{bench}}:514</Syslog_Server>
  <Resync_On_Reset ua="na">Yes</Resync_On_Reset>
  <Peer_Firmware_Sharing ua="na">No</Peer_Firmware_Sharing>
</flat-profile>
`;

export function profileOf(phone: PhoneView): ProfileView {
  const fill = (name: string) =>
    TEMPLATE.replaceAll('{{bench}}', '10.20.0.1').replace('{{name}}', name).replace('{{extension}}', '3007').replace('{{password}}', '••••••••');
  return {
    template: { name: 'starter', text: TEMPLATE },
    filled: { text: fill(phone.name ?? ''), sha256: '41d7b0c3a9e8f1127719f4e80ad5b5de41d7b0c3a9e8f1127719f4e80ad5b5de' },
    served: phone.stage === 'expected' ? null : { text: fill(`${phone.name} 107`), sha256: '98aa0c3a9e8f1127719f4e80ad5b5de41d7b0c3a9e8f1127719f4e80ad5b5dea', at: phone.stageAt },
    reported: phone.stage === 'expected' ? null : { text: REPORT_TEXT, at: phone.stageAt },
    failure: null,
  };
}
