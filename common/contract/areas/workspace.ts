import { oc, type } from '@orpc/contract';
import { z } from 'zod';
import type { DemoStatus, Settings, TemplateView } from '../views/workspace.ts';
import { fileText, macInput, scopeInput, stageInput, templateName } from './inputs.ts';

export const profiles = {
  list: oc.output(type<readonly TemplateView[]>()),
  show: oc.input(z.object({ name: templateName })).output(type<{ view: TemplateView; text: string } | null>()),
  /** Stores a template; with a scope it replaces that scope's assignment, and `unassigned` names the old one. */
  add: oc
    .input(z.object({ name: templateName, text: fileText, scope: scopeInput.nullable() }))
    .output(type<{ view: TemplateView; unassigned: string | null }>()),
  remove: oc.input(z.object({ name: templateName })).output(type<{ removed: boolean }>()),
  /** Fills a template for one phone without storing anything. */
  preview: oc.input(z.object({ name: templateName, mac: macInput })).output(type<{ text: string }>()),
  /** The starter template, assigned to all phones that have none. */
  useStarter: oc.output(type<{ view: TemplateView; unassigned: string | null }>()),
};

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
