import { cardsFr } from './cards.ts';
import { cryptoFr } from './crypto.ts';
import { dnsSntpFr } from './dns-sntp.ts';
import { doctorFr } from './doctor.ts';
import { documentFr } from './document.ts';
import { lintFr } from './lint.ts';
import { firmwareFr } from './firmware.ts';
import { httpFr } from './http.ts';
import { uploadFr } from './upload.ts';
import { phonesFr } from './phones.ts';
import { probeFr } from './probe.ts';
import { profilesFr } from './profiles.ts';
import { readyFr } from './ready.ts';
import { ruleFr } from './rule.ts';
import { ruleStepsFr } from './rule-steps.ts';
import { serversFr } from './servers.ts';
import { tlsFr } from './tls.ts';
import { waveFr } from './wave.ts';
import { workspaceFr } from './workspace.ts';
import type { english } from './en.ts';

/** The same in French; a missing or surplus code does not compile. */
export const french: Readonly<Record<keyof typeof english, string>> = {
  ...cardsFr,
  ...cryptoFr,
  ...doctorFr,
  ...dnsSntpFr,
  ...documentFr,
  ...lintFr,
  ...firmwareFr, ...httpFr, ...phonesFr,
  ...uploadFr,
  ...probeFr,
  ...profilesFr,
  ...readyFr,
  ...ruleFr,
  ...ruleStepsFr,
  ...serversFr,
  ...tlsFr,
  ...waveFr,
  ...workspaceFr,
};
