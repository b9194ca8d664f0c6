import { createHash } from 'node:crypto';
import { failed, type Failure, type Result } from '../../../common/values/failure.ts';
import type { FirmwareProblem } from '../../../common/values/firmware.ts';
import type { Mac } from '../../../common/values/mac.ts';
import type { Peer } from '../../../common/values/observation.ts';
import type { ServerName } from '../../../common/values/server.ts';
import type { Device } from '../../domain/device/device.ts';
import { resolveName } from '../../domain/files/resolve.ts';
import type { Directory } from '../../domain/identify/identify.ts';
import { findStaticFile } from '../../store/static-files.ts';
import { isAuthorityPath } from '../state/certificates.ts';
import type { FoundFirmware } from '../firmware/catalogue.ts';
import type { Exchanges } from '../state/exchanges.ts';
import type { RenderedProfile, Renderer } from './rendered.ts';
import { whoAsks } from './who-asks.ts';

/** One question for a file, whichever server heard it. */
export interface FileAsk {
  readonly server: ServerName;
  readonly peer: Peer;
  readonly path: string;
  readonly userAgent: string | null;
  readonly certificate: string | null;
  readonly exchange: string;
}

export type FileAnswer =
  /** `login`: HTTP asks for it first. TFTP has no way to ask. */
  | { readonly kind: 'profile'; readonly bytes: Uint8Array; readonly sha256: string; readonly contentEncoding: 'aes128gcm' | null; readonly login: Login | null }
  /** `stamp`: what the file was when it was hashed. */
  | { readonly kind: 'static'; readonly file: string; readonly size: number; readonly sha256: string | null; readonly stamp?: string }
  /** Firmware from another store: HTTP only, TFTP cannot send anybody on. */
  | { readonly kind: 'elsewhere'; readonly location: string }
  /** The authority's certificate: public, so that a phone gets it before it is enrolled and before it trusts anybody. */
  | { readonly kind: 'authority'; readonly bytes: Uint8Array; readonly sha256: string }
  /** 404 / TFTP error 1: refused, unknown and missing look the same to the device; `code` is for people. */
  | { readonly kind: 'missing'; readonly code: string; readonly params?: Failure['params'] }
  /** 503 / TFTP error 0: the phone is known, its profile cannot be filled. It asks again by itself. */
  | { readonly kind: 'unready'; readonly failure: Failure };

export interface Login {
  readonly user: string;
  readonly password: string;
}

/** Where firmware comes from, and who gets it. */
export interface FirmwareDoor {
  /** A file of the catalogue by its exact name. */
  find(name: string): FoundFirmware | null;
  /** Another store that HTTP sends phones to, without a trailing slash; null for this bench. */
  store(): string | null;
  /** Why this phone does not get this file now: it is held, or the load is not whole. */
  refuses(mac: Mac | null, name: string): FirmwareProblem | null;
  /** The phone is about to be given its profile: its turn in a wave may have come. */
  fetching(mac: Mac): void;
  asked(file: { readonly mac: Mac | null; readonly exchange: string; readonly name: string; readonly bytes: number; readonly elsewhere: boolean }): void;
}

export interface FileNeeds {
  readonly directory: Directory;
  readonly exchanges: Exchanges;
  readonly renderer: Renderer;
  /** Root of the static files of the workspace. */
  readonly root: string;
  readonly firmware: FirmwareDoor;
  device(mac: Mac): Device | undefined;
  adoptsAll(): boolean;
  adopt(mac: Mac): Device;
  /** PEM for `Custom_CA_Rule`; null leaves its name to the static files. */
  authority(): string | null;
}

/** Answers "what does this device get under this name?" for TFTP and HTTP alike. */
export async function answerFile(ask: FileAsk, needs: FileNeeds): Promise<FileAnswer> {
  const name = resolveName(ask.path);
  if (name.kind === 'refused') return { kind: 'missing', code: name.code };
  if (name.kind === 'enterprise') return { kind: 'missing', code: 'file.enterprise-load' };
  if (name.kind === 'report') return { kind: 'missing', code: 'file.not-found' };
  const { mac, conflict } = whoAsks(ask, needs.directory);
  if (conflict) return { kind: 'missing', code: 'file.other-phone' };
  const authority = isAuthorityPath(ask.path) ? needs.authority() : null;
  if (authority !== null) return answerAuthority(authority, mac, ask, needs);
  if (mac) {
    const own = needs.device(mac);
    if (own?.enrolled === true) needs.firmware.fetching(mac);
    const rendered = own?.enrolled === true ? needs.renderer.renderPath(own, ask.path) : null;
    if (own && rendered) return tellProfile(own, rendered, ask, needs);
  }
  if (name.kind === 'static') return answerFirmware(name.relative, mac, ask, needs) ?? answerStatic(name.relative, mac, ask, needs);
  return answerProfile(mac, ask, needs);
}

function answerProfile(mac: Mac | null, ask: FileAsk, needs: FileNeeds): FileAnswer {
  // 404, so that the phone goes on to the name that carries its MAC.
  if (!mac) return { kind: 'missing', code: 'file.unknown-phone' };
  const device = enrolled(mac, needs);
  if (!device) return { kind: 'missing', code: 'file.not-enrolled' };
  return tellProfile(device, needs.renderer.render(device), ask, needs);
}

function tellProfile(device: Device, rendered: Result<RenderedProfile>, ask: FileAsk, needs: FileNeeds): FileAnswer {
  const { mac } = device;
  if (!rendered.ok) {
    needs.exchanges.open(ask.exchange, { mac, what: 'profile', path: ask.path, profile: null, failure: rendered.failure });
    return { kind: 'unready', failure: rendered.failure };
  }
  const { bytes, sha256, contentEncoding } = rendered.value;
  if (contentEncoding !== null && ask.server === 'tftp') {
    const { failure } = failed('profile.needs-http');
    needs.exchanges.open(ask.exchange, { mac, what: 'profile', path: ask.path, profile: null, failure });
    return { kind: 'unready', failure };
  }
  needs.exchanges.open(ask.exchange, { mac, what: 'profile', path: ask.path, profile: rendered.value, failure: null });
  return { kind: 'profile', bytes, sha256, contentEncoding, login: loginOf(device) };
}

/** The list's columns `http_user` and `http_password`: what a profile rule with `--uid` and `--pwd` answers with. */
function loginOf({ variables }: Device): Login | null {
  const { http_user: user, http_password: password } = variables;
  return user && password ? { user, password } : null;
}

/**
 * A file of the catalogue under its exact name after any folders: a phone takes the images from the folder of their list,
 * whatever that folder is called. null when the catalogue does not know the name.
 */
function answerFirmware(relative: string, mac: Mac | null, ask: FileAsk, needs: FileNeeds): FileAnswer | null {
  const { firmware } = needs;
  const name = relative.split('/').at(-1) ?? '';
  const found = firmware.find(name);
  if (!found || found.kind === 'missing') return null;
  if (!mayHave(mac, needs)) return { kind: 'missing', code: mac ? 'file.not-enrolled' : 'file.unknown-phone' };
  const problem = firmware.refuses(mac, name);
  if (problem) return { kind: 'missing', ...problem };
  if (found.kind !== 'present') return notAsAdded(found.kind);
  needs.exchanges.open(ask.exchange, { mac, what: 'firmware', file: name, path: ask.path, profile: null, failure: null });
  const store = ask.server === 'tftp' ? null : firmware.store();
  firmware.asked({ mac, exchange: ask.exchange, name, bytes: found.bytes, elsewhere: store !== null });
  if (store !== null) return { kind: 'elsewhere', location: `${store}/${encodeURIComponent(name)}` };
  return { kind: 'static', file: found.file, size: found.bytes, sha256: found.sha256, stamp: found.stamp };
}

/** It asks again by itself: a file that is being read again may turn out to be the right one. */
function notAsAdded(kind: 'doubted' | 'changed'): FileAnswer {
  return { kind: 'unready', failure: failed(kind === 'doubted' ? 'file.read-again' : 'file.not-as-added').failure };
}

function mayHave(mac: Mac | null, needs: FileNeeds): boolean {
  return (mac !== null && enrolled(mac, needs) !== null) || needs.adoptsAll();
}

async function answerStatic(relative: string, mac: Mac | null, ask: FileAsk, needs: FileNeeds): Promise<FileAnswer> {
  if (!mayHave(mac, needs)) return { kind: 'missing', code: mac ? 'file.not-enrolled' : 'file.unknown-phone' };
  const opened = await findStaticFile(needs.root, relative);
  if (!opened.ok) return { kind: 'missing', code: opened.failure.code };
  needs.exchanges.open(ask.exchange, { mac, what: 'file', path: ask.path, profile: null, failure: null });
  return { kind: 'static', file: opened.value.file, size: opened.value.size, sha256: null };
}

function answerAuthority(pem: string, mac: Mac | null, ask: FileAsk, needs: FileNeeds): FileAnswer {
  needs.exchanges.open(ask.exchange, { mac, what: 'file', path: ask.path, profile: null, failure: null });
  const bytes = new TextEncoder().encode(pem);
  return { kind: 'authority', bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

function enrolled(mac: Mac, needs: FileNeeds): Device | null {
  const device = needs.device(mac);
  if (device?.enrolled) return device;
  return needs.adoptsAll() ? needs.adopt(mac) : null;
}
