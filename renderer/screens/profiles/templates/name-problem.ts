import type { TemplateView } from '../../../../common/contract/views/workspace.ts';

/** Why a template cannot be called so; null when it can. */
export function nameProblem(typed: string, templates: readonly Pick<TemplateView, 'name'>[]): 'name.empty' | 'name.wrong' | 'name.taken' | null {
  const name = typed.trim();
  if (name === '') return 'name.empty';
  if (name.length > 80 || /[\p{Cc}/\\]/u.test(name)) return 'name.wrong';
  return templates.some((each) => each.name === name) ? 'name.taken' : null;
}
