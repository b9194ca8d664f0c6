import { failed } from '../../../common/values/failure.ts';
import { asError } from '../failure-error.ts';
import type { Device } from '../../domain/device/device.ts';
import type { Register } from '../state/register.ts';
import type { Templates } from '../state/templates.ts';
import { answers } from './context.ts';

export interface ReadingNeeds {
  readonly resources: string;
  readonly templates: Templates;
  readonly register: Register;
  variables(device: Device): Readonly<Record<string, string>>;
  bench(): { readonly address: string; readonly names: readonly string[] };
}

/** What is said of a text that is being typed; nothing here changes the workspace. */
export function readingAnswers(_needs: ReadingNeeds) {
  const { profiles } = answers;
  const later = (): never => { throw asError(failed('server.not-built', { server: 'profile' }).failure); };
  return {
    lint: profiles.lint.handler(later),
    format: profiles.format.handler(later),
    form: profiles.form.handler(later),
    edit: profiles.edit.handler(later),
    dictionary: profiles.dictionary.handler(later),
    readyMade: profiles.readyMade.handler(later),
  };
}
