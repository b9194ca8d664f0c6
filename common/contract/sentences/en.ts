import { cardsEn } from './cards.ts';
import { cryptoEn } from './crypto.ts';
import { dnsSntpEn } from './dns-sntp.ts';
import { doctorEn } from './doctor.ts';
import { documentEn } from './document.ts';
import { lintEn } from './lint.ts';
import { firmwareEn } from './firmware.ts';
import { httpEn } from './http.ts';
import { uploadEn } from './upload.ts';
import { phonesEn } from './phones.ts';
import { probeEn } from './probe.ts';
import { profilesEn } from './profiles.ts';
import { readyEn } from './ready.ts';
import { ruleEn } from './rule.ts';
import { ruleStepsEn } from './rule-steps.ts';
import { serversEn } from './servers.ts';
import { tlsEn } from './tls.ts';
import { waveEn } from './wave.ts';
import { workspaceEn } from './workspace.ts';

/** Every sentence that a code stands for, in English. What happened, why we think so, what to do: under 90 characters each. */
export const english = {
  ...cardsEn,
  ...cryptoEn,
  ...doctorEn,
  ...dnsSntpEn,
  ...documentEn,
  ...lintEn,
  ...firmwareEn, ...phonesEn,
  ...httpEn,
  ...uploadEn,
  ...probeEn,
  ...profilesEn,
  ...readyEn,
  ...ruleEn,
  ...ruleStepsEn,
  ...serversEn,
  ...tlsEn,
  ...waveEn,
  ...workspaceEn,
};
