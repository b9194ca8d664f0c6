import type { FormField } from '../../../../common/values/profile-edit.ts';
import type { Dictionary } from '../../parameters/dictionary.ts';
import { effective, readDocument, type ProfileElement } from '../document/document.ts';
import { isSecretName } from '../secrets.ts';
import { GROUPS, LINE_FIELDS, type FieldPlan } from './plan.ts';

/** Lines of the largest phone, the 9800 series. */
export const MOST_LINES = 16;

/**
 * The common parameters of a profile as the form shows them, in its order, whether the file mentions them or not; then
 * those of each line. A broken text gives what could be read of it. Options come from the file's own option lists, then
 * from the dictionary, then from what Cisco documents.
 * @param lines 1–16
 */
export function formFields(text: string, lines: number, dictionary: Pick<Dictionary, 'find'> | null = null): readonly FormField[] {
  const elements = effective(readDocument(text));
  const field = (group: FormField['group'], line: number, plan: FieldPlan): FormField => {
    const name = plan.name.replace('{n}', String(line));
    const element = elements.get(name);
    return {
      name, group, line,
      value: element?.value ?? null,
      intent: element?.intent ?? 'omitted',
      span: element?.span ?? null,
      options: optionsOf(element, dictionary?.find(name)?.entry.options, plan),
      secret: isSecretName(name),
    };
  };
  const common = GROUPS.flatMap(({ group, fields }) => fields.map((plan) => field(group, 0, plan)));
  const count = Math.max(1, Math.min(MOST_LINES, Math.trunc(lines)));
  const perLine = Array.from({ length: count }, (_, index) => LINE_FIELDS.map((plan) => field('line', index + 1, plan)));
  return [...common, ...perLine.flat()];
}

function optionsOf(element: ProfileElement | undefined, known: readonly string[] | undefined, plan: FieldPlan): readonly string[] {
  if (element?.optionList && element.optionList.length > 0) return element.optionList;
  return known && known.length > 0 ? known : plan.options;
}
