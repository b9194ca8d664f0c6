import type { PhoneView } from '../../../common/contract/views/phone.ts';
import type { ServersView } from '../../../common/contract/views/servers.ts';
import type { TemplateView } from '../../../common/contract/views/workspace.ts';

export interface Progress {
  readonly card: boolean;
  readonly profile: boolean;
  /** An enrolled phone was heard on the wire. */
  readonly phone: boolean;
}

export type StepName = keyof Progress;

const STEPS: readonly StepName[] = ['card', 'profile', 'phone'];

/** How far the first run is: told by what the host says and what the wire showed, never by what was clicked. */
export function progressOf(view: Pick<ServersView, 'picked'>, templates: readonly TemplateView[], phones: readonly Pick<PhoneView, 'enrolled' | 'heardAt'>[]): Progress {
  return {
    card: view.picked !== null,
    profile: templates.some((template) => template.scope !== null),
    phone: phones.some((phone) => phone.enrolled && phone.heardAt !== null),
  };
}

/** The first step that is not done; null when all are. */
export function currentStep(progress: Progress): StepName | null {
  return STEPS.find((step) => !progress[step]) ?? null;
}

/** A name for a template that comes from a file: without its ending, its folders and what a name may not hold. */
export function nameOfFile(file: string): string {
  const base = file.split(/[/\\]/).at(-1) ?? '';
  const name = base.replace(/\.[^.]*$/, '').replaceAll(/\p{Cc}/gu, ' ').trim().slice(0, 80);
  return name === '' ? 'profile' : name;
}
