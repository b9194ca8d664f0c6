import { rename } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Moving } from '../../../common/contract/views/phone.ts';
import type { Observation, TransferProgress } from '../../../common/values/observation.ts';
import { resolveName } from '../../domain/files/resolve.ts';
import { matchesOwnPath } from '../../domain/profile/own-path.ts';
import { answerFile, type FirmwareDoor } from './files.ts';
import type { Movement } from '../../domain/firmware/wave/events.ts';
import type { Sent } from './reports.ts';
import type { ServeNeeds } from './tftp-needs.ts';
import { refuseUpload, whoAsks } from './who-asks.ts';
import type { Workspace } from '../workspace.ts';

export interface Around {
  now(): number;
  changed(): void;
  observed(observation: Observation): void;
  /** PEM for `Custom_CA_Rule`, null while there is none. */
  authority(): string | null;
  readonly firmware: FirmwareDoor;
  /** Firmware that moves, by the phones that take it. */
  moved(movements: readonly Movement[]): void;
}

/** What TFTP and HTTP ask of the workspace, answered for both in one place. */
export function serveNeeds(workspace: Workspace, { now, changed, observed, authority, firmware, moved }: Around): ServeNeeds {
  const { register, exchanges, directory, recorder, renderer, reports, roll, folders, adoptsAll } = workspace;
  return {
    answer: (ask) =>
      answerFile(ask, { directory, exchanges, renderer, root: folders.files, firmware, device: register.get, adoptsAll, authority, adopt: roll.adopt }),
    mayUpload: (ask) => refuseUpload(ask, { directory, device: register.get, adoptsAll }),
    takeBody: async (ask, body) => {
      const { mac } = whoAsks(ask, directory);
      const { file, bytes, sha256, contentEncoding } = body;
      const sent: Sent = { mac, at: now(), path: ask.path, file, bytes, sha256, contentEncoding };
      if (body.mayAsk && asksProfile(ask.path) && !(await reports.isReport(sent))) {
        const kept = `${file}.post`;
        // The server clears away a body that is not stored: this one is evidence of what the phone's rule sent.
        await rename(file, kept);
        await reports.take({ ...sent, file: kept }, 'post');
        return 'post';
      }
      const proof = await reports.take(sent, 'report');
      if (mac && proof) exchanges.open(ask.exchange, { mac, what: 'report', path: ask.path, profile: null, failure: null, report: proof });
      return 'report';
    },
    uploads: folders.uploads,
    observe: (observation) => {
      observed(observation);
      if (observation.exchange !== undefined && observation.outcome.kind !== 'started') stand(observation.exchange);
      recorder.observe(observation);
    },
    progress: (transfers) => {
      const movements: Movement[] = [];
      for (const transfer of transfers) {
        const exchange = exchanges.get(transfer.exchange);
        if (!exchange?.mac || exchange.what === 'report') continue;
        register.setMoving(exchange.mac, transfer.exchange, movingOf(transfer, exchange.what));
        const { exchange: id, bytes, total } = transfer;
        if (exchange.file !== undefined) movements.push({ mac: exchange.mac, exchange: id, file: exchange.file, bytes, total });
      }
      if (movements.length > 0) moved(movements);
    },
    changed,
    now,
  };

  function asksProfile(path: string): boolean {
    return resolveName(path).kind === 'profile' || renderer.templates().some((row) => row.path !== null && matchesOwnPath(row.path, path));
  }

  /** The transfer ended: nothing of it moves any more. */
  function stand(exchange: string): void {
    const mac = exchanges.get(exchange)?.mac;
    if (mac) register.setMoving(mac, exchange, null);
  }
}

function movingOf({ path, bytes, total }: TransferProgress, what: Moving['what']): Moving {
  return {
    what,
    file: basename(path),
    bytes,
    percent: total === null || total === 0 ? null : Math.min(100, Math.floor((bytes / total) * 100)),
  };
}
