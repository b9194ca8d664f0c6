import type { PhoneState, PhoneStep } from './events.ts';
import type { PhoneOptions } from './options.ts';

/** A phone that has just got power for the first time. */
export function bornState({ mac, model, firmware }: PhoneOptions): PhoneState {
  return {
    mac, model, firmware, phase: 'booting', ip: null, url: null, reaction: null, error: null, profile: null, resyncs: 0, failures: 0,
    nextResyncAt: null, upgradeTries: 0, upgrades: 0, upgradeError: null, nextUpgradeAt: null, image: null, webPort: null,
  };
}

/** What a step changes in the state that is shown. */
export function changeOf(step: PhoneStep, now: PhoneState): Partial<PhoneState> | null {
  switch (step.kind) {
    case 'powered':
      return { phase: 'booting', nextResyncAt: null, nextUpgradeAt: null, image: null, firmware: step.firmware };
    case 'asked':
      return { url: step.url };
    case 'upgrade-asked':
      return { phase: 'downloading', upgradeTries: now.upgradeTries + 1, nextUpgradeAt: null };
    case 'image':
      return { image: { name: step.name, number: step.number, of: step.of } };
    case 'writing':
      return { phase: 'writing', image: null };
    case 'upgrade-failed':
      return { upgradeError: step.error, image: null };
    case 'rebooting':
      return { upgradeError: null };
    case 'upgraded':
      return { upgrades: now.upgrades + 1 };
    default:
      return null;
  }
}
