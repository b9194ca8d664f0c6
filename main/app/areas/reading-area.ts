import type { LintView } from '../../../common/contract/views/profiles.ts';
import type { Device } from '../../domain/device/device.ts';
import type { Dictionary } from '../../domain/parameters/dictionary.ts';
import { readDocument } from '../../domain/profile/document/document.ts';
import { editParameter } from '../../domain/profile/document/edit.ts';
import { formatProfile } from '../../domain/profile/document/format.ts';
import { formFields } from '../../domain/profile/form/fields.ts';
import { lintProfile } from '../../domain/profile/lint/lint.ts';
import { pickByPath, pickTemplate } from '../../domain/profile/scope.ts';
import { readTemplate } from '../../domain/profile/template.ts';
import { unwrap } from '../failure-error.ts';
import { readReadyMade } from '../serve/ready-made.ts';
import type { Renderer } from '../serve/rendered.ts';
import type { DictionaryShelf } from '../state/dictionary.ts';
import type { Register } from '../state/register.ts';
import type { Templates } from '../state/templates.ts';
import { answers } from './context.ts';

export interface ReadingNeeds {
  readonly resources: string;
  readonly dictionary: DictionaryShelf;
  readonly templates: Templates;
  readonly register: Register;
  readonly renderer: Pick<Renderer, 'fillable'>;
  /** Address and names under which phones ask this bench. */
  bench(): { readonly address: string; readonly names: readonly string[] };
}

/** What is said of a text that is being typed; nothing here changes the workspace. */
export function readingAnswers(needs: ReadingNeeds) {
  const { profiles } = answers;
  const { dictionary } = needs;
  return {
    lint: profiles.lint.handler(async ({ input }) => lint(input.name, input.text, await dictionary(), needs)),
    format: profiles.format.handler(({ input }) => changed(input.text, unwrap(formatProfile(input.text)))),
    form: profiles.form.handler(async ({ input }) => formFields(input.text, input.lines, await dictionary())),
    edit: profiles.edit.handler(({ input: { text, ...edit } }) => changed(text, unwrap(editParameter(text, edit)))),
    dictionary: profiles.dictionary.handler(async () => (await dictionary()).entries),
    readyMade: profiles.readyMade.handler(() => readReadyMade(needs.resources)),
  };
}

function lint(name: string | null, text: string, dictionary: Dictionary, needs: ReadingNeeds): LintView {
  const served = name === null ? [] : devicesOf(name, needs);
  // Phones of one list share a set: each is looked at once, however many phones there are.
  const sets = new Map(served.map((device) => [device, needs.renderer.fillable(device)]));
  const [first, ...others] = new Set(sets.values());
  const common = first && new Set(Array.from(first).filter((one) => others.every((names) => names.has(one))));
  const models = new Set(served.map(({ model }) => model));
  const [model] = models;
  const findings = lintProfile(readDocument(text), {
    dictionary,
    model: models.size === 1 ? (model ?? null) : null,
    variables: common ?? null,
    bench: needs.bench(),
  });
  const template = readTemplate(text);
  const wanted = template.ok ? template.value.variables : [];
  return {
    findings,
    errors: findings.filter(({ severity }) => severity === 'error').length,
    warnings: findings.filter(({ severity }) => severity === 'warning').length,
    phones: served.length,
    unfillable: unfillable(sets, wanted),
  };
}

/** Phones that lack a place of the template, with what each lacks. */
function unfillable(sets: ReadonlyMap<Device, ReadonlySet<string>>, wanted: readonly string[]): LintView['unfillable'] {
  const lacking = new Map(Array.from(new Set(sets.values()), (names) => [names, wanted.filter((one) => !names.has(one.toLowerCase()))]));
  return Array.from(sets).flatMap(([{ mac, number }, names]) => {
    const missing = lacking.get(names) ?? [];
    return missing.length === 0 ? [] : [{ mac, number, missing }];
  });
}

/** Enrolled phones that are given this template, under the usual names or its own. */
function devicesOf(name: string, { templates, register }: ReadingNeeds): readonly Device[] {
  const rows = templates.rows();
  const own = rows.find((row) => row.name === name);
  if (!own) return [];
  const isIt = (device: Device): boolean =>
    (own.path === null ? pickTemplate(rows, device) : pickByPath(rows.filter(({ path }) => path === own.path), device, own.path))?.name === name;
  return register.all().filter((device) => device.enrolled && isIt(device));
}

function changed(before: string, text: string): { readonly text: string; readonly changed: boolean } {
  return { text, changed: text !== before };
}
