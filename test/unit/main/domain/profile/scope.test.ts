import { describe, expect, it } from 'vitest';
import type { Mac } from '../../../../../common/values/mac.ts';
import type { Model } from '../../../../../common/values/model.ts';
import { pickByPath, pickTemplate, readScope, templatesFor } from '../../../../../main/domain/profile/scope.ts';

const PHONE = { mac: '00562b043615' as Mac, model: 'CP-8841-3PCC' as Model };
const row = (name: string, scope: string | null, path: string | null = null) => ({ name, scope, path });

describe('which template is for a phone', () => {
  const all = row('all', '*');
  const model = row('model', 'CP-8841-3PCC');
  const own = row('own', '00562b043615');
  it.each([
    [[all, model, own], 'own'], [[all, model], 'model'], [[all], 'all'], [[own, all], 'own'],
    [[all, row('other model', 'CP-7841-3PCC'), row('other phone', '00562b043616')], 'all'],
  ])('the most specific wins', (rows, name) => {
    expect(pickTemplate(rows, PHONE)?.name).toBe(name);
  });
  it('one with a name of its own is given under that name alone', () => {
    const extra = row('extra', '*', 'b/$MA.xml');
    const nearer = row('nearer', 'CP-8841-3PCC', 'b/$MA.xml');
    expect(pickTemplate([extra], PHONE)).toBeNull();
    expect(pickByPath([all, extra], PHONE, '/b/00562b043615.xml')?.name).toBe('extra');
    expect(pickByPath([extra, nearer], PHONE, '/b/00562b043615.xml')?.name).toBe('nearer');
    expect(pickByPath([all, extra], PHONE, '/00562b043615.xml')).toBeNull();
    expect(templatesFor([extra, all, nearer, model], PHONE).map(({ name }) => name)).toEqual(['model', 'nearer']);
  });
  it('one that is assigned to nobody is for nobody', () => {
    expect(pickTemplate([row('stored', null)], PHONE)).toBeNull();
  });
  it('a phone whose model is not known yet gets what is for all', () => {
    expect(pickTemplate([model, all], { ...PHONE, model: null })?.name).toBe('all');
  });
});

describe('spellings of a scope', () => {
  it.each([['*', '*'], [' * ', '*'], ['00:56:2B:04:36:15', '00562b043615'], ['8841', 'CP-8841-3PCC'], ['CP-8841-3PCC-K9=', 'CP-8841-3PCC'], ['9861', 'CP-9861']])(
    '%s becomes %s', (text, scope) => expect(readScope(text)).toEqual({ ok: true, value: scope }),
  );
  it.each(['', 'everybody', '00562b', '**'])('%j is refused', (text) => {
    expect(readScope(text)).toMatchObject({ ok: false, failure: { code: 'template.scope-wrong' } });
  });
});
