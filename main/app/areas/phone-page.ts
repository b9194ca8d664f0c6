import type { Cause, IdentityFact, PhonePage, PhoneView, StageMark, TimelineRow } from '../../../common/contract/views/phone.ts';
import { STAGES } from '../../../common/values/stage.ts';
import type { Device } from '../../domain/device/device.ts';
import type { EvidenceRow } from '../../domain/evidence/row.ts';
import { maskVariables } from '../../domain/profile/secrets.ts';
import { toRequestRow, withoutBeginnings } from '../live/request-row.ts';

/** Everything about one phone but its timeline. */
export function phonePage(device: Device, phone: PhoneView, recent: readonly EvidenceRow[], nextTryAt: number | null): PhonePage {
  return {
    phone,
    stages: STAGES.map((stage): StageMark => {
      const mark = device.stages[stage];
      return { stage, at: mark?.at ?? null, lines: mark?.lines ?? 0 };
    }),
    identity: identityOf(device),
    causes: causesOf(device, recent),
    nextTryAt,
    variables: maskVariables(device.variables),
  };
}

function identityOf(device: Device): readonly IdentityFact[] {
  const facts: readonly (readonly [IdentityFact['kind'], string | null])[] = [
    ['mac', device.mac],
    ['model', device.model],
    ['serial', device.serial],
    ['firmware', device.firmware],
    ['address', device.ip],
    ['name', device.name],
  ];
  return facts.flatMap(([kind, value]) =>
    value === null ? [] : [{ kind, value, from: (device.origins[kind] ?? []) as IdentityFact['from'] }],
  );
}

/** Rows that the cause of a phone's trouble rests on: at most five, the newest. */
const MOST_ROWS = 5;

function causesOf(device: Device, recent: readonly EvidenceRow[]): readonly Cause[] {
  const { attention } = device;
  if (!attention) return [];
  const evidence = recent
    .filter((row) => toRequestRow(row, () => null).tone === 'attention' || isFailureLine(row))
    .slice(0, MOST_ROWS)
    .map((row) => row.seq);
  return [{ code: attention.code, params: attention.params, strength: evidence.length > 0 ? 'strong' : 'possible', evidence }];
}

function isFailureLine({ observation }: EvidenceRow): boolean {
  return observation.server === 'syslog' && /failed/i.test(observation.facts.text ?? '');
}

/** A page of the timeline, newest first, with the stages that were reached in the time it covers. */
export function timeline(device: Device, page: { readonly rows: readonly EvidenceRow[]; readonly more: boolean }): readonly TimelineRow[] {
  const wire = withoutBeginnings(page.rows).map(toTimelineRow);
  const oldest = page.more ? (wire.at(-1)?.at ?? 0) : 0;
  const stages = STAGES.flatMap((stage): TimelineRow[] => {
    const mark = device.stages[stage];
    if (!mark || mark.at < oldest) return [];
    return [stageRow(stage, mark.at, wire.find((row) => row.at <= mark.at)?.seq ?? 0)];
  });
  return [...wire, ...stages].toSorted((a, b) => b.at - a.at || b.seq - a.seq || (a.kind === 'stage' ? -1 : 1));
}

function stageRow(stage: string, at: number, seq: number): TimelineRow {
  return { seq, at, kind: 'stage', server: null, asked: '', what: stage, answer: '', tone: 'ok', peer: null, tookMs: null, detail: {} };
}

function toTimelineRow(row: EvidenceRow): TimelineRow {
  const { seq, at, server, asked, what, answer, tone, peer, tookMs, detail, code, bytes } = toRequestRow(row, () => null);
  return {
    seq, at, kind: 'wire', server, asked, what, answer, peer, tookMs,
    tone: isFailureLine(row) ? 'attention' : tone,
    detail: { ...detail, ...(code === null ? {} : { code }), ...(bytes === null ? {} : { bytes }) },
  };
}
