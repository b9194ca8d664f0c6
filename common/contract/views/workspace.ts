import type { Mac } from '../../values/mac.ts';
import type { Stage } from '../../values/stage.ts';

/** Which phones a template is for: all, a model, or one MAC. */
export type Scope = '*' | string;

export interface TemplateView {
  readonly name: string;
  /** null: stored, but assigned to nobody. */
  readonly scope: Scope | null;
  readonly bytes: number;
  readonly variables: readonly string[];
  readonly changedAt: number;
}

export interface ImportRow {
  /** 1-based line of the file. */
  readonly line: number;
  readonly verdict: 'new' | 'changed' | 'same' | 'rejected';
  readonly mac: string;
  readonly model: string | null;
  readonly serial: string | null;
  readonly name: string | null;
  readonly variables: Readonly<Record<string, string>>;
  /** Why it was rejected, or a remark (`import.serial-unusual`). */
  readonly reason: { readonly code: string; readonly params: Readonly<Record<string, string | number>> } | null;
}

export interface ImportReport {
  readonly columns: readonly string[];
  readonly separator: ',' | ';' | '\t';
  readonly rows: readonly ImportRow[];
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  readonly rejected: number;
}

export interface Settings {
  readonly language: 'system' | 'en' | 'fr';
  readonly theme: 'system' | 'light' | 'dark';
  readonly doneStage: Stage;
  readonly adopt: 'enrolled' | 'all';
  readonly sound: boolean;
}

export interface DemoStatus {
  readonly running: boolean;
  readonly phones: readonly Mac[];
  /** False where the bench was started as a demo: there is no bench of one's own to go back to. */
  readonly ends: boolean;
}
