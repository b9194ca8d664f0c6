import { describe, expect, it } from 'vitest';
import type { PreviewView } from '../../../../../../common/contract/views/profiles.ts';
import { UNPROTECTED } from '../../../../../../common/values/protection.ts';
import { comparisonOf, maskLike } from '../../../../../../renderer/screens/profiles/preview/steps.ts';

const TEMPLATE = '<A>{{ext}}</A>\n<P ua="na">hush</P>\n<C>1</C>\n';
const view: PreviewView = {
  text: '<A>3007</A>\n<P ua="na">••••••</P>\n<C>1</C>\n', bytes: 40, wireBytes: 40, protection: UNPROTECTED,
  served: { text: '<A>3007</A>\n<P ua="na">••••••</P>\n<C>2</C>\n<D>3</D>\n', at: 5 }, reported: null,
};

describe('the steps of the preview', () => {
  it('show the template against what it is filled with, a secret of its own hidden on both sides', () => {
    const { lines, changes } = comparisonOf('filled', TEMPLATE, view);
    expect(changes).toBe(1);
    expect(lines?.map(({ text }) => text).join()).not.toContain('hush');
  });

  it('show what stood there before what was filled in, stretch by stretch', () => {
    const { lines } = comparisonOf('filled', '<A>{{a}}</A>\n<B>{{b}}</B>\n<C/>\n<D>{{d}}</D>', { ...view, text: '<A>1</A>\n<B>2</B>\n<C/>\n<D>3</D>' });
    expect(lines?.map(({ kind, text }) => `${kind[0]} ${text}`)).toEqual(['r <A>{{a}}</A>', 'r <B>{{b}}</B>', 'a <A>1</A>', 'a <B>2</B>', 's <C/>', 'r <D>{{d}}</D>', 'a <D>3</D>']);
  });

  it('show what was served against what is filled now, a replaced line as one change', () => {
    expect(comparisonOf('served', TEMPLATE, view)).toMatchObject({ changes: 2, at: 5 });
  });

  it('show nothing where nothing was reported', () => {
    expect(comparisonOf('reported', TEMPLATE, view)).toEqual({ lines: null, text: null, changes: null, at: null });
  });

  it('hide the key inside a rule on both sides, beside places that are filled', () => {
    const rule = '<R ua="na">[--key hush]{{bench_http}}/p/$MA.cfg</R>\n<S>[--key hush]/q</S>';
    const filled = '<R ua="na">[--key ••••••]http://10.20.0.1/p/$MA.cfg</R>\n<S>[--key ••••••]/q</S>';
    expect(maskLike(rule, filled)).toBe('<R ua="na">[--key ••••••]{{bench_http}}/p/$MA.cfg</R>\n<S>[--key ••••••]/q</S>');
    expect(comparisonOf('filled', rule, { ...view, text: filled }).changes).toBe(1);
  });

  it('leave a place in a secret element to be seen: only its name is there', () => {
    expect(maskLike('<P>{{sip_password}}</P>', '<P>••••••</P>')).toBe('<P>{{sip_password}}</P>');
  });
});
