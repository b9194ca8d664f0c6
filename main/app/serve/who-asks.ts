import type { Mac } from '../../../common/values/mac.ts';
import type { Device } from '../../domain/device/device.ts';
import { identify, type Directory, type Identity } from '../../domain/identify/identify.ts';
import type { FileAsk } from './files.ts';

export interface UploadNeeds {
  readonly directory: Directory;
  device(mac: Mac): Device | undefined;
  adoptsAll(): boolean;
}

/** Which phone asks: the same signs for what it is given and for what it leaves here. */
export function whoAsks({ path, userAgent, certificate, peer }: FileAsk, directory: Directory): Identity {
  const facts = { path, ...(userAgent === null ? {} : { userAgent }), ...(certificate === null ? {} : { certificate }) };
  return identify({ facts, peer }, directory);
}

/**
 * Why this device may not leave a file here, null when it may. One whose certificate is another phone's than the name is
 * refused by every bench: what it sent would be kept as the word of a phone that never said it.
 */
export function refuseUpload(ask: FileAsk, { directory, device, adoptsAll }: UploadNeeds): string | null {
  const { mac, conflict } = whoAsks(ask, directory);
  if (conflict) return 'file.other-phone';
  if (adoptsAll()) return null;
  if (!mac) return 'file.unknown-phone';
  return device(mac)?.enrolled ? null : 'file.not-enrolled';
}
