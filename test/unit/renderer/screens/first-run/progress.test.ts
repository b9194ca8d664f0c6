import { describe, expect, it } from 'vitest';
import { currentStep, nameOfFile, progressOf } from '../../../../../renderer/screens/first-run/progress.ts';
import type { TemplateView } from '../../../../../common/contract/views/workspace.ts';
import { UNPROTECTED } from '../../../../../common/values/protection.ts';

const template = (scope: string | null): TemplateView => ({ name: 'starter', scope, bytes: 1, variables: [], changedAt: 0, path: null, protection: UNPROTECTED, version: 1, phones: 1 });

describe('the progress of the first run', () => {
  it('begins with the card', () => {
    const progress = progressOf({ picked: null }, [], []);
    expect(progress).toEqual({ card: false, profile: false, phone: false });
    expect(currentStep(progress)).toBe('card');
  });

  it('does not take a template that nobody gets for a profile', () => {
    expect(progressOf({ picked: 'enp3s0' }, [template(null)], []).profile).toBe(false);
    expect(currentStep(progressOf({ picked: 'enp3s0' }, [template('*')], []))).toBe('phone');
  });

  it('is done when an enrolled phone was heard, not when one was typed or a stranger asked', () => {
    expect(progressOf({ picked: 'enp3s0' }, [template('*')], [{ enrolled: true, heardAt: null }, { enrolled: false, heardAt: 5 }]).phone).toBe(false);
    expect(currentStep(progressOf({ picked: 'enp3s0' }, [template('*')], [{ enrolled: true, heardAt: 5 }]))).toBeNull();
  });

  it('shows a step that was done before its turn as done, and asks for the first that is not', () => {
    expect(currentStep(progressOf({ picked: null }, [template('*')], [{ enrolled: true, heardAt: 5 }]))).toBe('card');
  });

  it('names a template after its file', () => {
    expect(nameOfFile('C:\\lists\\Saint-Roch 8841.xml')).toBe('Saint-Roch 8841');
    expect(nameOfFile('/tmp/base.v2.cfg')).toBe('base.v2');
    expect(nameOfFile('.xml')).toBe('profile');
    expect(nameOfFile(`${'x'.repeat(200)}.xml`)).toHaveLength(80);
  });
});
