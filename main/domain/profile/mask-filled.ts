import { maskSecrets, maskVariables } from './secrets.ts';
import { fillTemplate, type Template } from './template.ts';

/**
 * A filled template as it may be kept and shown: the values of variables with secret names are replaced wherever they
 * stand, then every other secret of the profile.
 * @param variables those that the template was filled with before
 */
export function maskFilled(template: Template, variables: Readonly<Record<string, string>>): string {
  const filled = fillTemplate(template, maskVariables(variables));
  return maskSecrets(filled.ok ? filled.value : template.text);
}
