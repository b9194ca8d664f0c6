import type { Attention } from '../../../common/values/attention.ts';
import type { Ipv4 } from '../../../common/values/ip.ts';
import type { Mac } from '../../../common/values/mac.ts';
import type { Model } from '../../../common/values/model.ts';
import type { Serial } from '../../../common/values/serial.ts';
import type { Stage } from '../../../common/values/stage.ts';

/** One phone of the workspace: what is known of it, and how far it has come. Immutable; every change makes a new one. */
export interface Device {
  readonly mac: Mac;
  /** Order of arrival among enrolled phones, from 1, never reused; null for a stranger. */
  readonly number: number | null;
  readonly enrolled: boolean;
  readonly model: Model | null;
  readonly serial: Serial | null;
  readonly name: string | null;
  /** Template variables: every further column of the list, as text. */
  readonly variables: Readonly<Record<string, string>>;
  readonly ip: Ipv4 | null;
  readonly firmware: string | null;
  readonly vendorClass: string | null;
  /** Furthest stage with evidence since the last power-up or new plan. */
  readonly stage: Stage;
  /** When each stage was reached in this round, with the number of evidence rows that speak for it. */
  readonly stages: Readonly<Partial<Record<Stage, { readonly at: number; readonly lines: number }>>>;
  /** First DISCOVER of a boot that has not been given an address yet: its repeats are no further power-ups. */
  readonly askingSince: number | null;
  readonly attention: Attention | null;
  readonly heardAt: number | null;
  /** SHA-256 of the profile that was last delivered in full. */
  readonly servedSha256: string | null;
  /** The served profile asks for this load, which the phone has not shown yet. */
  readonly wantedLoad: string | null;
  /** Where each identity fact came from. */
  readonly origins: Readonly<Record<string, readonly string[]>>;
}
