import { activityEn } from './en/activity.ts';
import { benchEn } from './en/bench.ts';
import { causesEn } from './en/causes.ts';
import { certificatesEn } from './en/certificates.ts';
import { commonEn } from './en/common.ts';
import { debuggerEn } from './en/debugger.ts';
import { doctorEn } from './en/doctor.ts';
import { firmwareEn } from './en/firmware.ts';
import { firmwareWaveEn } from './en/firmware-wave.ts';
import { firstRunEn } from './en/first-run.ts';
import { frameEn } from './en/frame.ts';
import { importEn } from './en/import.ts';
import { keysEn } from './en/keys.ts';
import { phoneEn } from './en/phone.ts';
import { reportsEn } from './en/reports.ts';
import { ringEn } from './en/ring.ts';
import { profilesEn } from './en/profiles.ts';
import { serversEn } from './en/servers.ts';
import { settingsEn } from './en/settings.ts';
import { wallEn } from './en/wall.ts';
import { activityFr } from './fr/activity.ts';
import { benchFr } from './fr/bench.ts';
import { causesFr } from './fr/causes.ts';
import { certificatesFr } from './fr/certificates.ts';
import { commonFr } from './fr/common.ts';
import { debuggerFr } from './fr/debugger.ts';
import { doctorFr } from './fr/doctor.ts';
import { firmwareFr } from './fr/firmware.ts';
import { firmwareWaveFr } from './fr/firmware-wave.ts';
import { firstRunFr } from './fr/first-run.ts';
import { frameFr } from './fr/frame.ts';
import { importFr } from './fr/import.ts';
import { keysFr } from './fr/keys.ts';
import { phoneFr } from './fr/phone.ts';
import { reportsFr } from './fr/reports.ts';
import { ringFr } from './fr/ring.ts';
import { profilesFr } from './fr/profiles.ts';
import { serversFr } from './fr/servers.ts';
import { settingsFr } from './fr/settings.ts';
import { wallFr } from './fr/wall.ts';

/** Every word of the interface by screen. French has the same keys; a missing or surplus one does not compile. */
export const english = {
  common: commonEn,
  frame: frameEn,
  bench: benchEn,
  causes: causesEn,
  phone: phoneEn,
  wall: wallEn,
  keys: keysEn,
  profiles: profilesEn,
  servers: serversEn,
  activity: activityEn,
  firstRun: firstRunEn,
  import: importEn,
  settings: settingsEn,
  debugger: debuggerEn,
  reports: reportsEn,
  doctor: doctorEn,
  certificates: certificatesEn,
  ring: ringEn,
  firmware: firmwareEn,
  firmwareWave: firmwareWaveEn,
} as const;

export const french: { readonly [Area in keyof typeof english]: Readonly<Record<keyof (typeof english)[Area], string>> } = {
  common: commonFr,
  frame: frameFr,
  bench: benchFr,
  causes: causesFr,
  phone: phoneFr,
  wall: wallFr,
  keys: keysFr,
  profiles: profilesFr,
  servers: serversFr,
  activity: activityFr,
  firstRun: firstRunFr,
  import: importFr,
  settings: settingsFr,
  debugger: debuggerFr,
  reports: reportsFr,
  doctor: doctorFr,
  certificates: certificatesFr,
  ring: ringFr,
  firmware: firmwareFr,
  firmwareWave: firmwareWaveFr,
};

export type Area = keyof typeof english;
