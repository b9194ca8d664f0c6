import { describe, expect, it } from 'vitest';
import { readNames } from '../../../../main/crypto/pki/names.ts';

describe('the names of a certificate', () => {
  it('are host names in lower case and addresses, each once', () => {
    expect(readNames(['Bench.Internal', '10.20.0.1', ' bench.internal. ', '10.20.0.1'])).toEqual({
      ok: true, value: { hosts: ['bench.internal'], addresses: ['10.20.0.1'] },
    });
  });

  it.each(['bench', '10.20.0.256', '1.2.3', 'a b.example', '-a.example', '*.example.com', 'http://a.example', 'a..example', '', `${'a'.repeat(64)}.example`, 'é.example'])(
    'refuse %j', (name) => { expect(readNames([name])).toMatchObject({ ok: false, failure: { code: 'pki.name-bad' } }); },
  );

  it('refuse a first name that does not fit into a common name, and take it as a second one', () => {
    const long = `${'a'.repeat(60)}.example.com`;
    expect(readNames([long])).toMatchObject({ ok: false, failure: { code: 'pki.name-long', params: { most: 64 } } });
    expect(readNames(['a.example', long])).toMatchObject({ ok: true });
  });
});
