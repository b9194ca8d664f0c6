import { eventIterator, oc, type } from '@orpc/contract';
import { z } from 'zod';
import type { ChainVerdict, EvidenceView } from '../views/evidence.ts';
import type { ActivityEvent, RequestRow, SyslogRow } from '../views/activity.ts';
import { macInput, pageInput } from './inputs.ts';

/** `text` takes free words and `phone:07`, `server:tftp`, `answer:404`. */
const search = { text: z.string().max(400).default(''), mac: macInput.optional() };

export const activity = {
  watch: oc.output(eventIterator(type<ActivityEvent>())),
  requests: oc.input(z.object({ ...search, ...pageInput })).output(type<{ rows: readonly RequestRow[]; more: boolean }>()),
  syslog: oc
    .input(z.object({ ...search, ...pageInput, worstSeverity: z.number().int().min(0).max(7).optional() }))
    .output(type<{ rows: readonly SyslogRow[]; more: boolean; total: number }>()),
};

export const evidence = {
  /** Rows after a sequence number, oldest first. */
  after: oc
    .input(z.object({ seq: z.number().int().min(0), mac: macInput.optional(), limit: z.number().int().min(1).max(1000).default(500) }))
    .output(type<readonly EvidenceView[]>()),
  verify: oc.output(type<ChainVerdict>()),
};
