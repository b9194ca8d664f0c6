import type { Attention } from '../../values/attention.ts';
import type { Ipv4 } from '../../values/ip.ts';
import type { Mac } from '../../values/mac.ts';
import type { Model } from '../../values/model.ts';
import type { Serial } from '../../values/serial.ts';
import type { Stage } from '../../values/stage.ts';
import type { WavePhone } from '../../values/wave.ts';

/** The sign a tile shows. One of eight, each with a silhouette, a word and a colour. */
export type Face = 'expected' | 'working' | 'writing' | 'attention' | 'done' | 'held' | 'silent' | 'stranger';

/** Bytes that move now. */
export interface Moving {
  readonly what: 'profile' | 'firmware' | 'file';
  readonly file: string;
  readonly bytes: number;
  /** Whole percent, or null when the size is unknown. */
  readonly percent: number | null;
}

/** How far a phone is on its way to another firmware, as far as a tile has room for it. */
export type Upgrade = Pick<WavePhone, 'state' | 'paused' | 'stage' | 'percent' | 'rate' | 'endsAt' | 'file'> & {
  /** Stages in all. */
  readonly stages: number;
  /** Version of the target. */
  readonly to: string;
};

/** A phone as tiles, rows, the wall and `status --json` show it. */
export interface PhoneView {
  readonly mac: Mac;
  /** Order of arrival in the workspace, from 1; null for a stranger. */
  readonly number: number | null;
  readonly enrolled: boolean;
  readonly model: Model | null;
  readonly serial: Serial | null;
  readonly name: string | null;
  readonly ip: Ipv4 | null;
  readonly firmware: string | null;
  readonly stage: Stage;
  readonly stageAt: number;
  readonly face: Face;
  readonly attention: Attention | null;
  readonly moving: Moving | null;
  /** Its place in a wave that has not ended; null outside of one. */
  readonly upgrade: Upgrade | null;
  /** Last sign of life on the wire; null before the first. */
  readonly heardAt: number | null;
  /** Grows with every change: a renderer memoises on it. */
  readonly version: number;
}

/** Changed fields of one phone; `version` is always there. */
export type PhonePatch = Partial<PhoneView> & Pick<PhoneView, 'mac' | 'version'>;

/** One stage of the large pipeline on the phone's page. */
export interface StageMark {
  readonly stage: Stage;
  readonly at: number | null;
  readonly lines: number;
}

/** Where a fact about the phone came from. */
export interface IdentityFact {
  readonly kind: 'mac' | 'model' | 'serial' | 'firmware' | 'address' | 'name';
  readonly value: string;
  readonly from: readonly ('list' | 'typed' | 'chaddr' | 'option60' | 'path' | 'user-agent' | 'certificate' | 'syslog' | 'lease' | 'neighbour')[];
}

export interface Cause {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly strength: 'strong' | 'possible' | 'unlikely';
  /** Evidence rows (`seq`) that it rests on. */
  readonly evidence: readonly number[];
}

/** The phone's page. The timeline is asked for by page (`phones.timeline`). */
export interface PhonePage {
  readonly phone: PhoneView;
  readonly stages: readonly StageMark[];
  readonly identity: readonly IdentityFact[];
  readonly causes: readonly Cause[];
  /** What nothing-is-wrong or waiting says: the phone's own next try, where it is known. */
  readonly nextTryAt: number | null;
  readonly variables: Readonly<Record<string, string>>;
}

/** A row of the timeline: one observation, or a stage that was reached. */
export interface TimelineRow {
  readonly seq: number;
  readonly at: number;
  readonly kind: 'wire' | 'stage' | 'attention';
  readonly server: string | null;
  readonly asked: string;
  readonly what: string;
  readonly answer: string;
  readonly tone: 'ok' | 'moving' | 'attention' | 'quiet';
  readonly peer: string | null;
  readonly tookMs: number | null;
  readonly detail: Readonly<Record<string, string | number | boolean>>;
}

/** The profile of one phone in its forms; secrets are replaced before they leave the host. */
export interface ProfileView {
  readonly template: { readonly name: string; readonly text: string } | null;
  readonly filled: { readonly text: string; readonly sha256: string } | null;
  readonly served: { readonly text: string; readonly sha256: string; readonly at: number } | null;
  /** What the phone last said it holds, in the shape of a profile; secrets replaced. */
  readonly reported: { readonly text: string; readonly at: number } | null;
  /** Why it cannot be filled. */
  readonly failure: { readonly code: string; readonly params: Readonly<Record<string, string | number>> } | null;
}
