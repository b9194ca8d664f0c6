import { describe, expect, it } from 'vitest';
import type { RuleFacts } from '../../../../../../common/values/rule.ts';
import { factsWith, readFailures, registersIn, secretsIn } from '../../../../../../renderer/screens/profiles/debugger/trial-facts.ts';

const known: RuleFacts = { macros: { MA: '00562b043615', PN: 'CP-8841-3PCC', SWVER: 'x' }, secrets: {}, server: '10.20.0.1', ikm: false, timing: {}, failures: 2, now: 0 };

describe('the facts of a trial', () => {
  it('a MAC stands for its three macros, and a wrong one for none', () => {
    expect(factsWith(known, { mac: 'C4:B9:CD:ED:64:F1' }).macros).toMatchObject({ MA: 'c4b9cded64f1', MAU: 'C4B9CDED64F1', MAC: 'c4:b9:cd:ed:64:f1' });
    expect(factsWith(known, { mac: 'C4:B9' }).macros['MA']).toBe('00562b043615');
  });

  it('a model stands for $PN and $PSN, typed with or without CP', () => {
    for (const model of ['CP-7841-3PCC', '7841-3PCC']) expect(factsWith(known, { model }).macros).toMatchObject({ PN: 'CP-7841-3PCC', PSN: '7841-3PCC' });
  });

  it('an emptied server is none, and failures that are no number leave the known ones', () => {
    expect(factsWith(known, { server: ' ', failures: 'many' })).toMatchObject({ server: null, failures: 2 });
    expect(['0', '12', '1001', '-1', ''].map(readFailures)).toEqual([0, 12, null, null, null]);
  });

  it('asks for the registers that the rule names, not for those whose letter begins a longer macro', () => {
    expect(registersIn('[--key $B --post c]http://$PN/$(A:2:3)/$PSN/$P/$MA')).toEqual(['A', 'B', 'C', 'P']);
    expect(secretsIn('[--key $SA]http://$SERV/$(SB)/$SAX')).toEqual(['SA', 'SB']);
  });
});
