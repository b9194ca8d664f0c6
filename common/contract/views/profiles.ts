import type { Finding } from '../../values/finding.ts';
import type { Mac } from '../../values/mac.ts';
import type { Protection } from '../../values/protection.ts';
import type { Scope } from './workspace.ts';

export type { Finding, Fix, Severity } from '../../values/finding.ts';
export type { ParameterEntry } from '../../values/parameter.ts';
export type { FormEdit, FormField, ParameterIntent } from '../../values/profile-edit.ts';
export type { Protection } from '../../values/protection.ts';
export type { ComparedParameter, ReportView } from '../../values/report.ts';
export type { RuleFacts, RuleKind, RuleTrace } from '../../values/rule.ts';

/** The lint of a text, with the figures that its panel shows. */
export interface LintView {
  readonly findings: readonly Finding[];
  readonly errors: number;
  readonly warnings: number;
  /** Phones that this template serves, and how many of them lack a variable that it needs. */
  readonly phones: number;
  readonly unfillable: readonly { readonly mac: Mac; readonly number: number | null; readonly missing: readonly string[] }[];
}

/** A template filled for one phone before anything is saved. Secrets are replaced. */
export interface PreviewView {
  readonly text: string;
  readonly bytes: number;
  /** Bytes after compression and encryption. */
  readonly wireBytes: number;
  readonly protection: Protection;
  /** What the phone was last served, for the comparison; null before the first. */
  readonly served: { readonly text: string; readonly at: number } | null;
  readonly reported: { readonly text: string; readonly at: number } | null;
}

export interface TemplateVersion {
  readonly version: number;
  readonly at: number;
  readonly bytes: number;
  /** Lines added and removed against the version before. */
  readonly added: number;
  readonly removed: number;
}

/** A ready-made profile that ships with the app. Title and explanation are sentences `ready.NAME.title`, `ready.NAME.text`. */
export interface ReadyMade {
  readonly name: string;
  readonly text: string;
  readonly path: string | null;
}

/** Whom and how a template serves, apart from its text. */
export interface TemplatePlace {
  readonly scope: Scope | null;
  /** Own name under which it is served (`p/$MA.xml`), null for the names that a factory-fresh phone asks for. */
  readonly path: string | null;
  readonly protection: Protection;
}
