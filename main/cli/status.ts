import type { Upgrade } from '../../common/contract/views/phone.ts';
import { sentence } from '../../common/contract/sentences/sentence.ts';
import type { ServerStatus } from '../../common/values/server.ts';
import { attach } from './attach.ts';
import type { ExitCode } from './exit.ts';
import { readFlags } from './flags.ts';
import { defaultFolder, fromHere } from './folders.ts';
import type { CommandIo } from './io.ts';

/** `dialbench status --data DIR [--json]`: servers as in the ready line, phones with stage and attention. */
export async function statusCommand(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const flags = readFlags(args, { data: { type: 'string' }, json: { type: 'boolean' } });
  const { client, running, close } = await attach(fromHere(flags.text('data') ?? defaultFolder()));
  try {
    const view = await client.bench.view();
    const phones = view.phones
      .filter((phone) => phone.enrolled)
      .map(({ mac, model, serial, ip, firmware, stage, attention, moving, upgrade }) => ({
        mac, model, serial, ip, firmware, stage, moving, upgrade,
        attention: attention && { ...attention, sentence: sentence(attention.code, attention.params) },
      }));
    if (flags.is('json')) {
      io.stdout.write(`${JSON.stringify({ running, servers: serverMap(view.servers.servers), phones })}\n`);
      return 0;
    }
    if (!running) io.stdout.write('Nobody serves this workspace now.\n');
    for (const server of view.servers.servers) {
      const why = server.error ? ` ${sentence(server.error.code, server.error.params)}` : '';
      io.stdout.write(`${server.name}\t${server.state}\t${server.address ?? ''}${server.port === null ? '' : `:${server.port}`}${why}\n`);
    }
    for (const phone of phones) {
      io.stdout.write(`${phone.mac}\t${phone.model ?? '-'}\t${phone.ip ?? '-'}\t${phone.stage}${wayOf(phone.upgrade)}${phone.attention ? `\t${phone.attention.sentence}` : ''}\n`);
    }
    return 0;
  } finally {
    await close();
  }
}

/** `firmware 62 %, stage 1 of 2`; empty outside of a wave. */
function wayOf(upgrade: Upgrade | null): string {
  if (!upgrade) return '';
  const share = upgrade.percent === null ? '' : ` ${Math.floor(upgrade.percent)} %`;
  return `\t${upgrade.paused ? 'paused' : upgrade.state}${share}, stage ${upgrade.stage} of ${upgrade.stages} to ${upgrade.to}`;
}

/** Servers by name, each with what a script needs to connect. */
export function serverMap(servers: readonly ServerStatus[]): Record<string, unknown> {
  return Object.fromEntries(
    servers.map(({ name, state, address, port, tcpPort, error }) => [
      name,
      {
        address, port, ...(tcpPort === undefined ? {} : { tcpPort }), state,
        error: error && { code: error.code, sentence: sentence(error.code, error.params) },
      },
    ]),
  );
}
