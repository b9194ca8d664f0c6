import type { BenchFacts } from '../../domain/profile/variables.ts';

/**
 * Where phones load firmware, with the bench as a place: the rule follows it to another card. TFTP only where HTTP does not
 * run. The phone names itself in the folder, since neither a TFTP request nor an image's name tells who asks.
 */
export function firmwareBase({ http, tftp }: Pick<BenchFacts, 'http' | 'tftp'>): string {
  return `${http === null && tftp !== null ? '{{bench_tftp}}' : '{{bench_http}}'}/firmware/$MA`;
}

/** @param facts asked only where there is a place: most phones have no rule, and this runs for each of them */
export function fillBase(text: string, facts: () => Pick<BenchFacts, 'http' | 'tftp'>): string {
  if (!text.includes('{{')) return text;
  const { http, tftp } = facts();
  return text.replaceAll('{{bench_http}}', http ?? '').replaceAll('{{bench_tftp}}', tftp ?? '');
}
