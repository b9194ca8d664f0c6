import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeReferences } from '../../../main/domain/profile/document/references.ts';
import { maskSecrets } from '../../../main/domain/profile/secrets.ts';
import { fillTemplate, readTemplate } from '../../../main/domain/profile/template.ts';
import { checkWellFormed } from '../../../main/domain/profile/well-formed.ts';

const value = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", ']', '-', '{', '}', '!', 'a', ' ', '$', '\n', 'é', '😀') }));
const TEXT = "<flat-profile a='{{v}}' b=\"{{v}}\"><!-- {{w}} --><GPP_A>{{v}}</GPP_A><GPP_B>x{{v}}{{v}}</GPP_B></flat-profile>";

describe('filling', () => {
  const template = readTemplate(TEXT);

  it('any value gives well-formed XML or a failure that names the variable', () => {
    fc.assert(
      fc.property(value, (text) => {
        if (!template.ok) throw new Error('template');
        const filled = fillTemplate(template.value, { v: text });
        if (!filled.ok) {
          expect(filled.failure.params['variable']).toBe('v');
          return;
        }
        expect(checkWellFormed(filled.value)).toEqual({ ok: true, value: undefined });
        const inside = /<GPP_A>([\s\S]*?)<\/GPP_A>/.exec(filled.value)?.[1] ?? '';
        expect(decodeReferences(inside, 0, null)).toBe(text);
      }),
      { numRuns: 2_000 },
    );
  });

  it('any text is read as a template or refused, never an exception', () => {
    fc.assert(fc.property(value, (text) => void readTemplate(`<a>${text}</a>`)), { numRuns: 2_000 });
    fc.assert(fc.property(value, (text) => void readTemplate(text)), { numRuns: 2_000 });
  });

  it('no secret value survives masking, and masking twice changes nothing more', () => {
    const secret = fc.string({ unit: fc.constantFrom('<', '&', '"', 'q', 'z', '7', ' ', 'é'), minLength: 1 }).map((text) => `q7z${text}q7z`);
    fc.assert(
      fc.property(secret, fc.constantFrom('Admin_Password', 'GPP_SA', 'IKM_HTTP_Encrypt_Content'), (text, name) => {
        const read = readTemplate(`<a><${name} ua="na">{{v}}</${name}></a>`);
        const filled = read.ok ? fillTemplate(read.value, { v: text }) : read;
        if (!filled.ok) throw new Error(filled.failure.code);
        const masked = maskSecrets(filled.value);
        expect(masked).not.toContain('q7z');
        expect(maskSecrets(masked)).toBe(masked);
      }),
    );
  });
});
