import type { Mac } from '../../../common/values/mac.ts';
import type { NewEvidence } from '../../../main/domain/evidence/row.ts';

export const WORKERS = {
  storeWorker: new URL('../../../main/store/worker.ts', import.meta.url),
  syslogWorker: new URL('../../../main/store/syslog/worker.ts', import.meta.url),
};

export function macOf(index: number): Mac {
  return `00562b${index.toString(16).padStart(6, '0')}` as Mac;
}

export function evidenceOf(path: string, change: Partial<NewEvidence['observation']> = {}, mac: Mac | null = null): NewEvidence {
  return {
    mac,
    observation: {
      at: 1_000, server: 'tftp', peer: { address: '10.20.0.7', port: 4_000 }, asked: 'RRQ', facts: { path },
      outcome: { kind: 'refused', answer: 'error 1', code: 'file.not-found' }, ...change,
    },
  };
}
