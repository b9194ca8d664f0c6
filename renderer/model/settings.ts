import type { Settings } from '../../common/contract/views/workspace.ts';
import type { Language } from '../../common/contract/sentences/sentence.ts';
import type { BenchClient } from '../../common/contract/contract.ts';
import { Signal, useSignal } from './signal.ts';

const KEPT = 'dialbench.looks';

/** Language and theme as last known, so that the first paint already has them; the host's settings win as soon as they arrive. */
export const settings = new Signal<Settings>(kept());

/** Reads the host's settings. */
export async function loadSettings(client: BenchClient): Promise<void> {
  take(await client.settings.get());
}

/** Shown at once, saved by the host; an answer that differs wins. */
export async function changeSettings(client: BenchClient, change: Partial<Settings>): Promise<void> {
  take({ ...settings.get(), ...change });
  take(await client.settings.put(change));
}

export function useSettings(): Settings {
  return useSignal(settings);
}

export function languageOf(choice: Settings['language'], system: string): Language {
  if (choice !== 'system') return choice;
  return system.toLowerCase().startsWith('fr') ? 'fr' : 'en';
}

function take(value: Settings): void {
  settings.set(value);
  try {
    localStorage.setItem(KEPT, JSON.stringify({ language: value.language, theme: value.theme }));
  } catch {
    // Storage may be refused (private window); the host keeps the settings anyway.
  }
}

function kept(): Settings {
  const standard: Settings = { language: 'system', theme: 'system', doneStage: 'resynced', adopt: 'enrolled', sound: true, firmwareStore: '' };
  try {
    const looks: unknown = JSON.parse(localStorage.getItem(KEPT) ?? '{}');
    if (typeof looks !== 'object' || looks === null) return standard;
    const { language, theme } = looks as Record<string, unknown>;
    return {
      ...standard,
      language: language === 'en' || language === 'fr' ? language : 'system',
      theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    };
  } catch {
    return standard;
  }
}
