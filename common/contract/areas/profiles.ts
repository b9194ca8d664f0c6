import { oc, type } from '@orpc/contract';
import { z } from 'zod';
import type {
  ComparedParameter, FormField, LintView, ParameterEntry, PreviewView, ReadyMade, ReportView, RuleFacts, RuleTrace, TemplateVersion,
} from '../views/profiles.ts';
import type { TemplateView } from '../views/workspace.ts';
import {
  fileText, macInput, pageInput, pathInput, protectionInput, ruleFacts, scopeInput, templateName,
} from './inputs.ts';

const added = type<{ view: TemplateView; unassigned: string | null }>();

export const profiles = {
  list: oc.output(type<readonly TemplateView[]>()),
  show: oc.input(z.object({ name: templateName })).output(type<{ view: TemplateView; text: string } | null>()),
  /**
   * Stores a template; with a scope it replaces that scope's assignment, and `unassigned` names the old one. What is left
   * out stays as it was. A text that is the same as before writes nothing and makes no version.
   */
  add: oc
    .input(z.object({
      name: templateName,
      text: fileText,
      scope: scopeInput.nullable().optional(),
      path: pathInput.nullable().optional(),
      protection: protectionInput.optional(),
      /** Refused with `template.changed` when somebody saved a newer version meanwhile. */
      base: z.number().int().min(0).optional(),
    }))
    .output(added),
  /** Changes whom and how a template serves, not its text. */
  place: oc
    .input(z.object({ name: templateName, scope: scopeInput.nullable(), path: pathInput.nullable(), protection: protectionInput }))
    .output(added),
  remove: oc.input(z.object({ name: templateName })).output(type<{ removed: boolean }>()),
  /** Newest first. */
  history: oc.input(z.object({ name: templateName })).output(type<readonly TemplateVersion[]>()),
  version: oc.input(z.object({ name: templateName, version: z.number().int().min(1) })).output(type<{ text: string } | null>()),
  /** Fills a text for one phone without storing anything; without text, the stored one. */
  preview: oc
    .input(z.object({ name: templateName, mac: macInput, text: fileText.optional(), protection: protectionInput.optional() }))
    .output(type<PreviewView>()),
  /** Reads a text as it is typed. `name` tells which phones it is for. */
  lint: oc.input(z.object({ name: templateName.nullable(), text: fileText })).output(type<LintView>()),
  /** The text in one spelling: one element a line, comments and order kept. */
  format: oc.input(z.object({ text: fileText })).output(type<{ text: string; changed: boolean }>()),
  form: oc.input(z.object({ text: fileText, lines: z.number().int().min(1).max(16).default(1) })).output(type<readonly FormField[]>()),
  /** The text with one parameter changed and nothing else. */
  edit: oc
    .input(z.object({ text: fileText, name: z.string().min(1).max(80), intent: z.enum(['value', 'omitted', 'reset', 'empty']), value: z.string().max(10_000) }))
    .output(type<{ text: string; changed: boolean }>()),
  /** The whole parameter dictionary, for completion and hover. */
  dictionary: oc.output(type<readonly ParameterEntry[]>()),
  readyMade: oc.output(type<readonly ReadyMade[]>()),
  /** The starter template, assigned to all phones that have none. */
  useStarter: oc.output(added),
};

export const rules = {
  /** What the bench knows of a phone, as facts for the debugger; of no phone, those of a factory-fresh 8841. Secrets stay out. */
  facts: oc.input(z.object({ mac: macInput.nullable() })).output(type<RuleFacts>()),
  trace: oc
    .input(z.object({ kind: z.enum(['profile', 'upgrade', 'report', 'ca', 'trigger']), rule: z.string().max(100_000), facts: ruleFacts }))
    .output(type<RuleTrace>()),
  /** What a technician types on the keypad: `protocol://server[:port]/path`. */
  keypad: oc.input(z.object({ text: z.string().max(2_000), facts: ruleFacts })).output(type<RuleTrace>()),
};

export const reports = {
  list: oc.input(z.object({ mac: macInput.optional(), ...pageInput })).output(type<{ rows: readonly ReportView[]; more: boolean }>()),
  /** As it came, decrypted and unpacked, secrets replaced; null when it is no text or is gone. */
  text: oc.input(z.object({ id: z.number().int().positive() })).output(type<{ text: string } | null>()),
  /** The last report of a phone against what it was last served. */
  compare: oc.input(z.object({ mac: macInput })).output(type<readonly ComparedParameter[]>()),
};
