import type { SyslogRow } from '../../../common/contract/views/activity.ts';
import type { Mac } from '../../../common/values/mac.ts';
import { identify, type Directory } from '../../domain/identify/identify.ts';
import { maskText } from '../../domain/profile/secrets.ts';
import type { ReceivedLine, SyslogNeeds } from '../../servers/syslog/needs.ts';
import type { NewLine, Store } from '../../store/store.ts';

export interface SyslogLinesNeeds {
  readonly store: Store;
  readonly directory: Directory;
  numberOf(mac: Mac): number | null;
  /** Lines kept so far; a new line's id is one more for each. */
  kept(): number;
  taken(rows: readonly SyslogRow[]): void;
}

/** Keeps every line with the phone that said it, and shows the newest. */
export function takeLines(needs: SyslogLinesNeeds): SyslogNeeds['lines'] {
  return (batch) => {
    const lines = batch.map((line) => toNewLine(line, needs.directory));
    const first = needs.kept() + 1;
    if (!needs.store.syslog.append(lines)) return false;
    needs.taken(
      lines.map(({ at, severity, mac, peer, text }, index) => ({
        id: first + index, at, severity, mac, number: mac ? needs.numberOf(mac) : null, peer, text,
      })),
    );
    return true;
  };
}

function toNewLine(line: ReceivedLine, directory: Directory): NewLine {
  const { at, peer, facility, severity, text } = line;
  const { mac } = identify({ facts: { text }, peer }, directory);
  // What is shown live goes past the store, which does the same.
  return { at, peer: peer.address, facility, severity, mac, text: maskText(text) };
}
