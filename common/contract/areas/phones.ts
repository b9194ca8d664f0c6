import { eventIterator, oc, type } from '@orpc/contract';
import { z } from 'zod';
import type { BenchEvent, BenchView } from '../views/bench.ts';
import type { PhonePage, ProfileView, TimelineRow } from '../views/phone.ts';
import type { ImportReport } from '../views/workspace.ts';
import { fileText, macInput, pageInput } from './inputs.ts';

export const bench = {
  view: oc.output(type<BenchView>()),
  watch: oc.output(eventIterator(type<BenchEvent>())),
};

export const phones = {
  page: oc.input(z.object({ mac: macInput })).output(type<PhonePage | null>()),
  timeline: oc.input(z.object({ mac: macInput, ...pageInput })).output(type<{ rows: readonly TimelineRow[]; more: boolean }>()),
  profile: oc.input(z.object({ mac: macInput })).output(type<ProfileView>()),
  /** Enrols phones by MAC alone: the typed MAC of first run, *Answer this one* on a stranger. */
  enrol: oc.input(z.object({ macs: z.array(macInput).min(1).max(5000) })).output(type<{ added: number }>()),
  remove: oc.input(z.object({ macs: z.array(macInput).min(1).max(5000) })).output(type<{ removed: number }>()),
  /** Asks the phone to resync now; the answer says only that it was asked. */
  resync: oc.input(z.object({ mac: macInput })).output(type<{ asked: boolean }>()),
};

export const imports = {
  /** Reads a list and says what would happen to each row; changes nothing. */
  dryRun: oc.input(z.object({ text: fileText })).output(type<ImportReport>()),
  /** Takes the good rows of the same text; the rejected ones come back in the report. */
  take: oc.input(z.object({ text: fileText })).output(type<ImportReport>()),
};
