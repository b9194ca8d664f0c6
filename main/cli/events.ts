import { setTimeout as wait } from 'node:timers/promises';
import type { EvidenceView } from '../../common/contract/views/evidence.ts';
import { parseMac, type Mac } from '../../common/values/mac.ts';
import { attach } from './attach.ts';
import { wrongUsage, type ExitCode } from './exit.ts';
import { readFlags } from './flags.ts';
import { defaultFolder, fromHere } from './folders.ts';
import { harmless } from './harmless.ts';
import type { CommandIo } from './io.ts';
import { waveLine } from './waves.ts';

const POLL_MS = 250;
const PAGE = 500;

/** `dialbench events --data DIR [--follow] [--json] [--phone MAC] [--since SEQ]`: the evidence, oldest first. */
export async function eventsCommand(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const flags = readFlags(args, {
    data: { type: 'string' },
    follow: { type: 'boolean' },
    json: { type: 'boolean' },
    phone: { type: 'string' },
    since: { type: 'string' },
  });
  const phone = flags.text('phone');
  const mac = phone === undefined ? undefined : parseMac(phone);
  if (mac === null) throw wrongUsage(`${phone ?? ''} is not a MAC address.`);
  const since = flags.text('since') ?? '0';
  if (!/^\d{1,15}$/.test(since)) throw wrongUsage(`--since takes a row number, not ${JSON.stringify(since)}.`);

  const { client, close } = await attach(fromHere(flags.text('data') ?? defaultFolder()));
  try {
    let seq = Number(since);
    const told = new Map<Mac, string>();
    while (!io.signal.aborted) {
      const rows = await client.evidence.after({ seq, limit: PAGE, ...(mac === undefined ? {} : { mac }) });
      for (const row of rows) io.stdout.write(flags.is('json') ? `${JSON.stringify(row)}\n` : `${inWords(row)}\n`);
      seq = rows.at(-1)?.seq ?? seq;
      if (rows.length === PAGE) continue;
      if (!flags.is('follow')) break;
      for (const line of await wavesSince(told)) io.stdout.write(line);
      await wait(POLL_MS, undefined, { signal: io.signal }).catch(() => undefined);
    }
    return 0;
  } finally {
    await close();
  }

  /** Phones of a wave that are further than when they were last told; no evidence, so without a row number. */
  async function wavesSince(told: Map<Mac, string>): Promise<readonly string[]> {
    const lines: string[] = [];
    for (const { id, phones } of (await client.firmware.waves()).waves) {
      for (const row of phones) {
        if (mac !== undefined && row.mac !== mac) continue;
        const text = JSON.stringify(row);
        if (told.get(row.mac) === text) continue;
        told.set(row.mac, text);
        lines.push(flags.is('json') ? `${JSON.stringify({ wave: id, phone: row })}\n` : `wave ${id}\t${waveLine(row)}\n`);
      }
    }
    return lines;
  }
}

function inWords({ seq, mac, observation }: EvidenceView): string {
  const { at, server, peer, asked, facts, outcome } = observation;
  const answer = 'answer' in outcome ? outcome.answer : outcome.kind;
  const code = 'code' in outcome ? ` (${outcome.code})` : '';
  const what = harmless(facts.path ?? facts.text ?? facts.vendorClass ?? '');
  return `${seq}\t${new Date(at).toISOString()}\t${server}\t${mac ?? '-'}\t${peer.address}\t${asked} ${what}\t${answer}${code}`;
}
