import { oc, type } from '@orpc/contract';
import { z } from 'zod';
import type { DemoStatus, Settings } from '../views/workspace.ts';
import { stageInput } from './inputs.ts';

export const settings = {
  get: oc.output(type<Settings>()),
  put: oc
    .input(
      z.object({
        language: z.enum(['system', 'en', 'fr']),
        theme: z.enum(['system', 'light', 'dark']),
        doneStage: stageInput,
        adopt: z.enum(['enrolled', 'all']),
        sound: z.boolean(),
        firmwareStore: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(200).regex(/^[^?#]+[^/?#]$/)]),
      }).partial(),
    )
    .output(type<Settings>()),
};

export const demo = {
  status: oc.output(type<DemoStatus>()),
  /** Starts virtual phones on loopback; nothing else is touched. */
  start: oc.input(z.object({ count: z.number().int().min(1).max(200).default(6) })).output(type<DemoStatus>()),
  stop: oc.output(type<DemoStatus>()),
};
