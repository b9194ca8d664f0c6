import { afterEach, describe, expect, it } from 'vitest';
import { factoryConfiguration, withProfile } from '../../../main/simulator/configuration.ts';
import { installAuthority } from '../../../main/simulator/custom-ca.ts';
import type { PhoneStep } from '../../../main/simulator/events.ts';
import { makeHandset } from '../../../main/simulator/handset.ts';
import { startTinyBench } from '../../support/simulator/tiny-bench.ts';

const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

describe('Custom_CA_Rule', () => {
  it.each([['tftp', true], ['http', true], ['tftp', false]] as const)('over %s tells the loss of power in the middle of it: %s', async (scheme, loses) => {
    const file = Buffer.from('not a certificate\n'.repeat(200));
    const tiny = await startTinyBench({ tftp: () => file, http: (_request, response) => void response.end(file) });
    stops.push(() => tiny.stop());
    const steps: PhoneStep[] = [];
    const options = tiny.phone({ faults: loses ? ['reboot-mid-transfer'] : [] });
    const handset = makeHandset(options, new AbortController().signal, (step) => steps.push(step));
    handset.configuration = withProfile(factoryConfiguration(), new Map([['Custom_CA_Rule', `${scheme}://127.0.0.1:${tiny[scheme].port}/ca.pem`]]));
    expect(await installAuthority(handset)).toBe(loses);
    expect(steps.some(({ kind }) => kind === 'authority-refused')).toBe(!loses);
  });
});
