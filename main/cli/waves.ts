import type { BenchClient } from '../../common/contract/contract.ts';
import { sentence } from '../../common/contract/sentences/sentence.ts';
import type { WavesView } from '../../common/contract/views/wave.ts';
import { countWave, type Wave, type WavePhone } from '../../common/values/wave.ts';
import { wrongUsage, type ExitCode } from './exit.ts';
import { readMac, type Flags } from './flags.ts';
import type { CommandIo } from './io.ts';

/** `dialbench firmware push LOAD …`: exit 1 when nobody can go. */
export async function push(client: BenchClient, flags: Flags, target: string, io: CommandIo): Promise<ExitCode> {
  const template = flags.text('into');
  const report = await client.firmware.push({
    target, through: [...flags.list('through')], scope: flags.text('for') ?? '*', allowDowngrade: flags.is('allow-downgrade'),
    ...(template === undefined ? {} : { template }),
  });
  if (flags.is('json')) io.stdout.write(`${JSON.stringify(report)}\n`);
  else {
    for (const { mac, problem } of report.out) io.stderr.write(`${mac}\t${sentence(problem.code, problem.params)}\n`);
    io.stdout.write(`${report.queued.length} queued, ${report.there.length} there already, ${report.out.length} stay out${report.wave === null ? '' : `; wave ${report.wave}`}\n`);
  }
  return report.queued.length > 0 || report.out.length === 0 ? 0 : 1;
}

/** `dialbench firmware waves` */
export async function listWaves(client: BenchClient, flags: Flags, io: CommandIo): Promise<ExitCode> {
  const view = await client.firmware.waves();
  if (flags.is('json')) io.stdout.write(`${JSON.stringify(view)}\n`);
  else tell(view, io);
  return 0;
}

/** `dialbench firmware pause|resume|cancel MAC|all`, `firmware release MAC`: exit 1 when nothing changed. */
export async function changeWaves(client: BenchClient, verb: 'pause' | 'resume' | 'cancel' | 'release', who: string, io: CommandIo): Promise<ExitCode> {
  if (verb === 'release' && who === 'all') throw wrongUsage('firmware release takes one MAC: look at each cause first.');
  const mac = who === 'all' ? null : readMac(who);
  const { changed } = mac !== null && verb === 'release' ? await client.firmware.release({ mac }) : await client.firmware[verb === 'release' ? 'resume' : verb]({ mac });
  io.stdout.write(`${changed} changed\n`);
  return changed > 0 ? 0 : 1;
}

/** One line for a phone of a wave, for people. */
export function waveLine({ mac, state, paused, stage, hops, file, percent, rate, problem }: WavePhone): string {
  const now = file ? `${file.name} ${file.number}${file.of === null ? '' : ` of ${file.of}`}` : '';
  const share = percent === null ? '' : `${Math.floor(percent)} %`;
  const speed = rate !== null ? `${(rate / 1e6).toFixed(1)} MB/s` : '';
  const why = problem ? sentence(problem.code, problem.params) : '';
  return [mac, paused ? `${state}, paused` : state, `stage ${stage} of ${hops.length}`, now, share, speed, why].join('\t').trimEnd();
}

function tell({ room, waves, last }: WavesView, io: CommandIo): void {
  const capacity = room.capacity === null ? '' : ` of ${(room.capacity / 1e6).toFixed(0)}`;
  io.stdout.write(`${room.loading} loading, ${room.places} places, ${room.rate === null ? 'nothing moves' : `${(room.rate / 1e6).toFixed(1)}${capacity} MB/s`}\n`);
  for (const wave of waves) {
    io.stdout.write(`${headLine(wave)}\n`);
    for (const phone of wave.phones) io.stdout.write(`  ${waveLine(phone)}\n`);
  }
  if (last) io.stdout.write(`The last wave ended ${clock(last.ended)}${last.said === null ? '' : `, it had said ${clock(last.said)}`}\n`);
}

function headLine({ id, target, state, phones, prediction }: Wave): string {
  const counts = Object.entries(countWave(phones)).filter(([, count]) => count > 0).map(([name, count]) => `${count} ${name}`).join(', ');
  const end = prediction === null ? '' : `\tends ${clock(prediction.endsAt)} ± ${Math.ceil(prediction.within / 60_000)} min`;
  return `wave ${id}\t${target}\t${state}\t${counts}${end}`;
}

function clock(at: number): string {
  return new Date(at).toISOString().slice(11, 16).concat(' UTC');
}
