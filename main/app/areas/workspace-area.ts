import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DemoStatus, ImportReport, Settings, TemplateView } from '../../../common/contract/views/workspace.ts';
import { failed, type Result } from '../../../common/values/failure.ts';
import { readList, rowsToEnrol } from '../../domain/imports/list.ts';
import { maskFilled } from '../../domain/profile/mask-filled.ts';
import { maskVariables } from '../../domain/profile/secrets.ts';
import { fillTemplate, readTemplate } from '../../domain/profile/template.ts';
import type { Device } from '../../domain/device/device.ts';
import { unwrap } from '../failure-error.ts';
import type { Renderer } from '../serve/rendered.ts';
import type { Register } from '../state/register.ts';
import type { Roll } from '../state/roll.ts';
import type { SettingsBook } from '../state/settings.ts';
import type { Templates } from '../state/templates.ts';
import { answers } from './context.ts';

export interface WorkspaceAreaNeeds {
  readonly register: Register;
  readonly roll: Roll;
  readonly renderer: Renderer;
  readonly templates: Templates;
  readonly settings: SettingsBook;
  readonly resources: string;
  variables(device: Device): Readonly<Record<string, string>>;
  readonly demo: { status(): DemoStatus; start(count: number): Promise<Result<void>>; stop(): Promise<void> };
}

export function workspaceArea(needs: WorkspaceAreaNeeds) {
  const { imports, profiles, settings, demo } = answers;
  return {
    imports: imports.router({
      dryRun: imports.dryRun.handler(({ input }) => toShow(unwrap(read(input.text, needs)))),
      take: imports.take.handler(async ({ input }) => {
        const report = unwrap(read(input.text, needs));
        await needs.roll.take(rowsToEnrol(report));
        return toShow(report);
      }),
    }),
    profiles: profiles.router({
      list: profiles.list.handler(() => needs.templates.list()),
      show: profiles.show.handler(({ input }) => needs.templates.show(input.name)),
      add: profiles.add.handler(async ({ input }) => unwrap(await needs.templates.add(input.name, input.text, input.scope))),
      remove: profiles.remove.handler(async ({ input }) => ({ removed: await needs.templates.remove(input.name) })),
      preview: profiles.preview.handler(async ({ input }) => ({ text: unwrap(await preview(input.name, input.mac, needs)) })),
      useStarter: profiles.useStarter.handler(async () => unwrap(await useStarter(needs))),
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

/** The template that ships with the app, for every phone that has no other. */
export async function useStarter({
  templates, resources,
}: Pick<WorkspaceAreaNeeds, 'templates' | 'resources'>): Promise<Result<{ view: TemplateView; unassigned: string | null }>> {
  return templates.add('starter', await readFile(join(resources, 'templates', 'starter.xml'), 'utf8'), '*');
}

function read(text: string, { register }: WorkspaceAreaNeeds): Result<ImportReport> {
  return readList(text, new Map(register.all().map((device) => [device.mac, device])));
}

/** A list may carry passwords: they are taken in, never given back. */
function toShow(report: ImportReport): ImportReport {
  return { ...report, rows: report.rows.map((row) => ({ ...row, variables: maskVariables(row.variables) })) };
}

async function preview(name: string, mac: Device['mac'], needs: WorkspaceAreaNeeds): Promise<Result<string>> {
  const device = needs.register.get(mac);
  if (!device) return failed('phone.unknown');
  const found = needs.templates.show(name);
  if (!found) return failed('template.unknown', { name });
  const template = readTemplate(found.text);
  if (!template.ok) return template;
  const values = needs.variables(device);
  const filled = fillTemplate(template.value, values);
  return filled.ok ? { ok: true, value: maskFilled(template.value, values) } : filled;
}
