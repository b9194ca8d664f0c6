import type { Settings } from '../../../common/contract/views/workspace.ts';
import type { Store } from '../../store/store.ts';

/** The person's choices for this workspace: read at once, written behind each change. */
export interface SettingsBook {
  read(): Settings;
  change(part: Partial<{ [Key in keyof Settings]: Settings[Key] | undefined }>): Promise<Settings>;
}

const DEFAULTS: Settings = { language: 'system', theme: 'system', doneStage: 'resynced', adopt: 'enrolled', sound: true, firmwareStore: '' };

export async function openSettings(store: Store, changed: () => void): Promise<SettingsBook> {
  const kept = await store.settings.get('settings');
  let settings: Settings = typeof kept === 'object' && kept !== null ? { ...DEFAULTS, ...kept } : DEFAULTS;
  return {
    read: () => settings,
    change: async (part) => {
      const given = Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined));
      settings = { ...settings, ...given };
      await store.settings.put('settings', settings);
      changed();
      return settings;
    },
  };
}
