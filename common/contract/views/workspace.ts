import type { Mac } from '../../values/mac.ts';
import type { ImportReport, ImportRow } from '../../values/import-report.ts';
import type { Protection } from '../../values/protection.ts';
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
  /** Own name under which it is served, null for the names that a factory-fresh phone asks for. */
  readonly path: string | null;
  readonly protection: Protection;
  /** Grows by one with every saved change, from 1. */
  readonly version: number;
  /** Phones that it serves now. */
  readonly phones: number;
}

export type { ImportReport, ImportRow };

export interface Settings {
  readonly language: 'system' | 'en' | 'fr';
  readonly theme: 'system' | 'light' | 'dark';
  readonly doneStage: Stage;
  readonly adopt: 'enrolled' | 'all';
  readonly sound: boolean;
  /** Folder of another store that phones are sent to for firmware over HTTP, without a trailing slash; empty for this bench. */
  readonly firmwareStore: string;
}

export interface DemoStatus {
  readonly running: boolean;
  readonly phones: readonly Mac[];
  /** False where the bench was started as a demo: there is no bench of one's own to go back to. */
  readonly ends: boolean;
}
