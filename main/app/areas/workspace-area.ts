import type { DemoStatus, ImportReport, Settings } from '../../../common/contract/views/workspace.ts';
import type { Result } from '../../../common/values/failure.ts';
import { readList, rowsToEnrol } from '../../domain/imports/list.ts';
import { maskVariables } from '../../domain/profile/secrets.ts';
import { unwrap } from '../failure-error.ts';
import type { Register } from '../state/register.ts';
import type { Roll } from '../state/roll.ts';
import type { SettingsBook } from '../state/settings.ts';
import { answers } from './context.ts';

export interface WorkspaceAreaNeeds {
  readonly register: Register;
  readonly roll: Roll;
  readonly settings: SettingsBook;
  readonly demo: { status(): DemoStatus; start(count: number): Promise<Result<void>>; stop(): Promise<void> };
}

export function workspaceArea(needs: WorkspaceAreaNeeds) {
  const { imports, settings, demo } = answers;
  return {
    imports: imports.router({
      dryRun: imports.dryRun.handler(({ input }) => toShow(unwrap(read(input.text, needs)))),
      take: imports.take.handler(async ({ input }) => {
        const report = unwrap(read(input.text, needs));
        await needs.roll.take(rowsToEnrol(report));
        return toShow(report);
      }),
    }),
    settings: settings.router({
      get: settings.get.handler((): Settings => needs.settings.read()),
      put: settings.put.handler(({ input }) => needs.settings.change(input)),
    }),
    demo: demo.router({
      status: demo.status.handler(() => needs.demo.status()),
      start: demo.start.handler(async ({ input }) => {
        unwrap(await needs.demo.start(input.count));
        return needs.demo.status();
      }),
      stop: demo.stop.handler(async () => {
        await needs.demo.stop();
        return needs.demo.status();
      }),
    }),
  };
}

function read(text: string, { register }: WorkspaceAreaNeeds): Result<ImportReport> {
  return readList(text, new Map(register.all().map((device) => [device.mac, device])));
}

/** A list may carry passwords: they are taken in, never given back. */
function toShow(report: ImportReport): ImportReport {
  return { ...report, rows: report.rows.map((row) => ({ ...row, variables: maskVariables(row.variables) })) };
}
