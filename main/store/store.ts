import type { Mac } from '../../common/values/mac.ts';
import type { Ipv4 } from '../../common/values/ip.ts';
import type { KeyOwner, KeyUse } from '../../common/values/key.ts';
import type { Protection } from '../../common/values/protection.ts';
import type { ReportView } from '../../common/values/report.ts';
import type { Device } from '../domain/device/device.ts';
import type { EvidenceRow, NewEvidence } from '../domain/evidence/row.ts';

/** A template as kept: its text, and the scope that it is assigned to (null: nobody). */
export interface TemplateRow {
  readonly name: string;
  readonly text: string;
  readonly scope: string | null;
  readonly changedAt: number;
  /** Own name under which it is served, null for the names of a factory-fresh phone. */
  readonly path: string | null;
  readonly protection: Protection;
  /** From 1; a new text makes a new one. */
  readonly version: number;
}

/** A text that a template once had. */
export interface VersionRow {
  readonly version: number;
  readonly at: number;
  readonly text: string;
}

/** A key of the ring. `sealed` is opened only by the workspace's own key. */
export interface KeyRow {
  readonly id: string;
  readonly owner: KeyOwner;
  readonly use: KeyUse;
  readonly sealed: string;
  readonly fingerprint: string;
  readonly createdAt: number;
  readonly shownAt: number | null;
}

/**
 * A file of the firmware catalogue. `siblings`: what a `.loads` list names, null for an image. `stamp`: what the system said of
 * the file when it was hashed (`main/disk/file-stamp.ts`), null in a row of an older version.
 */
export interface FirmwareRow {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly addedAt: number;
  readonly siblings: readonly string[] | null;
  readonly stamp: string | null;
}

/** What a phone sent. `masked` is its readable text with secrets replaced, null where it has none. */
export interface ReportRow extends ReportView {
  readonly masked: string | null;
}

/** A DHCP lease, or an address set aside because somebody else answered on it (`mac` null). */
export interface LeaseRow {
  readonly ip: Ipv4;
  readonly mac: Mac | null;
  /** Client identifier (option 61) in hex, empty when the client sent none. */
  readonly clientId: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  readonly state: 'bound' | 'released' | 'declined';
}

/** A syslog line before it is stored. */
export interface NewLine {
  readonly at: number;
  readonly peer: string;
  readonly facility: number;
  readonly severity: number;
  readonly mac: Mac | null;
  readonly text: string;
}
export interface StoredLine extends NewLine {
  readonly id: number;
}

/** A profile as it was served; `masked` without its secrets. */
export interface ServedRow {
  readonly template: string;
  readonly sha256: string;
  readonly at: number;
  readonly masked: string;
}

export interface PageOf<T> {
  readonly rows: readonly T[];
  readonly more: boolean;
}

/**
 * Everything that the bench keeps, behind one port. One writer holds the workspace (`openStore` refuses a second start
 * with `workspace.in-use`). All SQL runs in database threads, never on the thread that serves phones. A promise rejects
 * with `StoreFailed` (its `failure` is for people) when the disk refuses or a thread is gone.
 */
export interface Store {
  readonly folder: string;
  readonly phones: {
    /** In the order of their numbers, strangers last. */
    all(): Promise<readonly Device[]>;
    /** The highest number that any phone of this workspace ever had, removed ones included; 0 before the first. */
    lastNumber(): Promise<number>;
    /** Enrolments: on disk (synchronous FULL) when the promise resolves. */
    enrol(devices: readonly Device[]): Promise<void>;
    remove(macs: readonly Mac[]): Promise<number>;
  };
  readonly templates: {
    all(): Promise<readonly TemplateRow[]>;
    /**
     * Durable. A scope holds one template for each path: whichever had it before stays with scope null. The text is kept
     * as a version too; of each template the last 200.
     */
    put(row: TemplateRow): Promise<void>;
    remove(name: string): Promise<boolean>;
    /** Newest first. */
    versions(name: string): Promise<readonly VersionRow[]>;
    /** The text of one version, null when it is not kept. */
    version(name: string, version: number): Promise<string | null>;
  };
  readonly keys: {
    all(): Promise<readonly KeyRow[]>;
    /** Durable, all or none. An owner has one key for each use: the one before is replaced. */
    put(rows: readonly KeyRow[]): Promise<void>;
    remove(id: string): Promise<boolean>;
  };
  readonly firmware: {
    all(): Promise<readonly FirmwareRow[]>;
    /** Durable. */
    put(row: FirmwareRow): Promise<void>;
    remove(names: readonly string[]): Promise<void>;
  };
  readonly reports: {
    add(row: Omit<ReportRow, 'id'>): Promise<number>;
    /** Newest first. */
    page(query: { mac?: Mac; before?: number; limit: number }): Promise<PageOf<ReportView>>;
    masked(id: number): Promise<string | null>;
    /** The last whole configuration that this phone reported and that could be read. */
    last(mac: Mac): Promise<ReportRow | null>;
  };
  readonly leases: {
    all(): Promise<readonly LeaseRow[]>;
    /** Resolves once committed; several within 10 ms share one commit. */
    put(lease: LeaseRow): Promise<void>;
  };
  readonly evidence: {
    /**
     * Appends rows and the devices that they changed, in one transaction, each row hashed over the one before it.
     * Batched; resolves once committed. Enrolment, number, name and variables of a phone stay as the last `enrol` left
     * them, and a phone that was removed meanwhile does not come back.
     */
    append(rows: readonly NewEvidence[], changed: readonly Device[]): Promise<readonly EvidenceRow[]>;
    /** Newest first. `text` is searched in path, answer and detail. */
    page(query: { mac?: Mac; server?: string; answer?: string; text?: string; before?: number; limit: number }): Promise<PageOf<EvidenceRow>>;
    after(seq: number, limit: number, mac?: Mac): Promise<readonly EvidenceRow[]>;
    /** Walks the whole chain; `brokenAt` is the first row whose hash does not follow. */
    verify(): Promise<{ rows: number; brokenAt: number | null }>;
  };
  readonly syslog: {
    /** Takes lines at once; false when the bounded queue is full and the lines were dropped (and counted). */
    append(lines: readonly NewLine[]): boolean;
    search(query: { text?: string; mac?: Mac; worstSeverity?: number; before?: number; limit: number }): Promise<PageOf<StoredLine>>;
    total(): Promise<number>;
    /** Lines dropped since the start. */
    lost(): number;
    flush(): Promise<void>;
  };
  readonly settings: {
    get(key: string): Promise<unknown>;
    put(key: string, value: unknown): Promise<void>;
  };
  /** Rendered profiles as they were served, by SHA-256, so that a page can show what a phone really got. Kept masked. */
  readonly served: {
    put(row: ServedRow & { readonly mac: Mac }): Promise<void>;
    last(mac: Mac): Promise<ServedRow | null>;
    /** The last of each template that the phone was served, oldest first: what a phone with several rules holds together. */
    all(mac: Mac): Promise<readonly ServedRow[]>;
  };
  close(): Promise<void>;
}
