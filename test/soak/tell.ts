import { sentence } from '../../common/contract/sentences/sentence.ts';
import type { PhoneEnd } from './judge.ts';
import type { SoakReport, SoakResult } from './soak.ts';

/** One line while the soak runs. */
export function reportLine({ seconds, act, counts, loading, places, rate, memory }: SoakReport): string {
  const { queued, told, writing, done, held, failed } = counts;
  return [
    `${seconds.toFixed(0).padStart(5)} s`, `${loading} loading of ${places} places`, `${queued} queued`, `${told} told`, `${writing} writing`, `${done} done`, `${held} held`, `${failed} failed`,
    `${(rate / 1e6).toFixed(1)} MB/s`, `bench ${megabytes(memory)}`, act,
  ].join('  ');
}

/** How the phones ended, by way and fault, and what it took. */
export function resultText(asked: { readonly phones: number; readonly megabytes: number; readonly seed: number }, result: SoakResult): string {
  const groups = Map.groupBy(result.ends, ({ role, member, problem }) => [role.way, role.fault ?? '', member?.state ?? '', problem?.code ?? ''].join('|'));
  const rows = Array.from(groups, ([key, ends]) => [...key.split('|'), String(ends.length), exampleOf(ends)]).sort((a, b) => (a.join('|') < b.join('|') ? -1 : 1));
  const { seconds, bytes, images, tries, rows: evidence, peak, atRest, cpuMs, mostLoading } = result;
  return [
    table([['way', 'fault', 'ended', 'cause', 'phones', 'said of one'], ...rows]),
    '',
    `${asked.phones} phones, ${asked.megabytes} MB for each load, seed ${asked.seed}: ${seconds.toFixed(1)} s`,
    `${images} images, ${(bytes / 1e9).toFixed(2)} GB whole, ${(bytes / 1e6 / seconds).toFixed(1)} MB/s; ${tries} tries; at most ${mostLoading} loading at once`,
    `bench: ${megabytes(atRest)} at rest, ${megabytes(peak)} at most, ${cpuMs === null ? 'processor time not told' : `${(cpuMs / 1000).toFixed(1)} s of processor`}; ${evidence} rows of evidence`,
    ...result.acts,
    ...(result.complaints.length === 0 ? ['every phone is at its target or explained'] : [`${result.complaints.length} complaints:`, ...result.complaints.slice(0, 60)]),
  ].join('\n');
}

function exampleOf([first]: readonly PhoneEnd[]): string {
  return first?.problem ? sentence(first.problem.code, first.problem.params) : '';
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()).join('\n');
}

function megabytes(bytes: number | null): string {
  return bytes === null ? 'memory not told' : `${(bytes / 1e6).toFixed(0)} MB`;
}
