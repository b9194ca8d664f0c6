import type { Observation } from '../../../common/values/observation.ts';
import type { RateCounter } from './rates.ts';

/** Counts an observation into the rates of the activity screen. Lines of syslog are counted where they are kept. */
export function countObservation({ server, outcome }: Observation, rates: RateCounter): void {
  if (server === 'syslog') return;
  switch (outcome.kind) {
    case 'delivered':
    case 'received':
      rates.add('bytes', outcome.bytes);
      rates.add('requests');
      return;
    case 'refused':
      rates.add('refused');
      rates.add('requests');
      return;
    case 'answered':
    case 'ignored':
    case 'broken':
    case 'heard':
      rates.add('requests');
      return;
    case 'started':
      return;
  }
}
