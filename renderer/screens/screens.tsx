import { lazy, Suspense, type ReactNode } from 'react';
import type { Screen } from '../model/router.ts';
import { ActivityScreen } from './activity/activity-screen.tsx';
import { BenchScreen } from './bench/bench-screen.tsx';
import { DoctorScreen } from './doctor/doctor-screen.tsx';
import { FirmwareScreen } from './firmware/firmware-screen.tsx';
import { FirstRunScreen } from './first-run/first-run-screen.tsx';
import { ImportScreen } from './import/import-screen.tsx';
import { PhoneScreen } from './phone/phone-screen.tsx';
import { RuleScreen } from './profiles/debugger/rule-screen.tsx';
import { ProfilesWaiting } from './profiles/waiting.tsx';
import { ServersScreen } from './servers/servers-screen.tsx';
import { SettingsScreen } from './settings/settings-screen.tsx';

/** The editor is a third of all script: it is loaded when somebody opens it. */
const ProfilesScreen = lazy(() => import('./profiles/profiles-screen.tsx').then((module) => ({ default: module.ProfilesScreen })));

/** What fills the main region. The wall has no frame, so it is not here. */
export function screenOf(screen: Exclude<Screen, { readonly name: 'wall' }>): ReactNode {
  switch (screen.name) {
    case 'bench': return <BenchScreen />;
    case 'phone': return <PhoneScreen key={screen.mac} mac={screen.mac} />;
    case 'profiles': return <Suspense fallback={<ProfilesWaiting />}><ProfilesScreen /></Suspense>;
    case 'firmware': return <FirmwareScreen />;
    case 'servers': return <ServersScreen />;
    case 'activity': return <ActivityScreen />;
    case 'first-run': return <FirstRunScreen />;
    case 'import': return <ImportScreen />;
    case 'doctor': return <DoctorScreen />;
    case 'rule': return <RuleScreen kind={screen.kind} rule={screen.rule} typed={screen.typed} mac={screen.mac} />;
    case 'settings': return <SettingsScreen />;
  }
}
