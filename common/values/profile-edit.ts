import type { TextSpan } from './text-span.ts';

/**
 * What a parameter of a profile is meant to become. `omitted`: the file says nothing, the phone keeps what it has.
 * `reset`: an empty element. `empty`: the two characters `""`. Cisco's texts disagree on what an empty element does; on
 * current loads it goes back to the factory value.
 */
export type ParameterIntent = 'value' | 'omitted' | 'reset' | 'empty';

/** A field of the form: one parameter in plain words. */
export interface FormField {
  /** Full parameter name: `Proxy_1_`. */
  readonly name: string;
  readonly group: 'server' | 'resync' | 'firmware' | 'syslog' | 'certificate' | 'access' | 'line';
  /** 1 and up in the group `line`, 0 elsewhere. */
  readonly line: number;
  /** null: not in the file. `reset`: an empty element; `empty`: two quotes. */
  readonly value: string | null;
  readonly intent: ParameterIntent;
  readonly span: TextSpan | null;
  readonly options: readonly string[];
  readonly secret: boolean;
}

/** What the form writes into the text. Only that element changes; `omitted` takes it away. */
export interface FormEdit {
  readonly name: string;
  readonly intent: ParameterIntent;
  readonly value: string;
}
