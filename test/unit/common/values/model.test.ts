import { describe, expect, it } from 'vitest';
import { findModel, isMultiplatform, shortName, spokenName } from '../../../../common/values/model.ts';

describe('a model', () => {
  it.each([
    ['CP-8841-3PCC', 'CP-8841-3PCC'],
    ['Cisco Systems, Inc. IP Phone CP-8841-3PCC\0', 'CP-8841-3PCC'],
    ['Cisco-CP-8841-3PCC/11.0 (00562b043615)', 'CP-8841-3PCC'],
    ['/8841-3PCC.xml'.slice(1, -4), 'CP-8841-3PCC'],
    ['CP-8811-3PC-RC-K9=', 'CP-8811-3PCC'],
    ['CP-6861-3PW-K9', 'CP-6861-3PCC'],
    ['Cisco Systems, Inc. IP Phone CP-8851', 'CP-8851'],
    ['CP-9861', 'CP-9861'],
    ['CISCO ATA191-MPP', 'ATA191-MPP'],
  ])('is found in %j', (text, model) => expect(findModel(text)).toBe(model));

  it.each(['', 'dslforum.org', 'MSFT 5.0', 'spa504g', '88412'])('is not seen in %j', (text) => expect(findModel(text)).toBeNull());

  it('has a short and a spoken name', () => {
    const model = findModel('CP-8841-3PCC');
    expect(model && shortName(model)).toBe('8841-3PCC');
    expect(model && spokenName(model)).toBe('8841');
  });

  it('tells Multiplatform from enterprise', () => {
    const names = ['CP-8841-3PCC', 'CP-9861', 'CP-8851'].map((text) => findModel(text));
    expect(names.map((model) => model && isMultiplatform(model))).toEqual([true, true, false]);
  });
});
