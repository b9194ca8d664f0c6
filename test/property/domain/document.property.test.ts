import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TextSpan } from '../../../common/values/text-span.ts';
import { compareDocuments } from '../../../main/domain/profile/document/compare.ts';
import { decodeProfile, effective, readDocument, type DocumentProblem } from '../../../main/domain/profile/document/document.ts';
import { editParameter } from '../../../main/domain/profile/document/edit.ts';
import { formatProfile } from '../../../main/domain/profile/document/format.ts';
import { DEEPEST } from '../../../main/domain/profile/document/tree.ts';
import { checkWellFormed } from '../../../main/domain/profile/well-formed.ts';
import { readProfile } from '../../../main/simulator/profile.ts';
import { brokenText, parameterName, profileText } from '../../support/profile-texts.ts';

/** About the shape of a profile; an XML parser takes the file. */
const ABOUT_SHAPE: ReadonlySet<string> = new Set(['profile.root-wrong', 'profile.stray-text', 'profile.nested', 'profile.encoding-other']);
const isXmlProblem = ({ code }: DocumentProblem): boolean => !ABOUT_SHAPE.has(code);

/** What the reader refuses beyond the check before saving: a name that begins with a colon, XML 1.1, half characters. */
function hasExtra(text: string): boolean {
  return /<\/?:/.test(text) || /^\uFEFF?<\?xml\s[^>]*?1\.(?!0["'])/.test(text) || !text.isWellFormed() || (text.match(/</g)?.length ?? 0) > DEEPEST;
}

describe('the reader of profiles', () => {
  it('finds a mistake exactly where the XML parser does', () => {
    fc.assert(
      fc.property(fc.oneof(profileText, brokenText), (text) => {
        if (hasExtra(text)) return;
        const problems = readDocument(text).problems.filter(isXmlProblem);
        expect({ sound: problems.length === 0, problems: problems.length === 0 ? [] : problems }, JSON.stringify(checkWellFormed(text))).toMatchObject({ sound: checkWellFormed(text).ok });
      }),
      { numRuns: 6_000 },
    );
  });

  it('tells a true place for everything that it tells', () => {
    fc.assert(
      fc.property(fc.oneof(profileText, brokenText), (text) => {
        const document = readDocument(text);
        const { elements, commented, problems, profile } = document;
        for (const { name, raw, span, nameSpan, valueSpan, attributes } of [...elements, ...commented]) {
          expect(text.slice(nameSpan.from, nameSpan.to)).toBe(name);
          expect(span.from).toBe(nameSpan.from - 1);
          expect(valueSpan ? text.slice(valueSpan.from, valueSpan.to) : '').toBe(raw);
          for (const { name: attribute, span: place } of attributes) expect(text.slice(place.from).startsWith(attribute)).toBe(true);
          expectInside(text, [span, nameSpan, ...(valueSpan ? [valueSpan] : []), ...attributes.map((one) => one.span)]);
        }
        expectInside(text, [...problems.map(({ span }) => span), ...(profile ? [profile.open] : [])]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('takes the same values as the virtual phone, which reads with another parser', () => {
    fc.assert(
      fc.property(profileText, (text) => {
        const phone = readProfile(Buffer.from(text));
        if (!phone.ok || !text.isWellFormed()) return;
        const ours = effective(readDocument(text));
        for (const [name, taken] of phone.parameters) expect(ours.get(name)?.value).toBe(taken);
        for (const name of phone.unknown) expect(ours.has(name)).toBe(true);
        expect(ours.size).toBe(phone.parameters.size + phone.unknown.length);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('writing one parameter', () => {
  const edit = fc.record({
    name: parameterName,
    intent: fc.constantFrom('value', 'value', 'reset', 'empty', 'omitted'),
    value: fc.string({ unit: fc.constantFrom('a', '<', '>', '&', '"', "'", ']', ' ', '\n', '{', '}', 'é', '$'), minLength: 1, maxLength: 12 }),
  });

  it('changes that parameter and nothing else, and twice is once', () => {
    fc.assert(
      fc.property(profileText, edit, (text, wanted) => {
        const before = readDocument(text);
        const edited = editParameter(text, wanted);
        if (!edited.ok) {
          expect(['profile.value-blank', 'profile.edit-first', 'profile.edit-nowhere']).toContain(edited.failure.code);
          return;
        }
        const after = readDocument(edited.value);
        expect(after.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
        expect(editParameter(edited.value, wanted)).toEqual(edited);
        const element = effective(after).get(wanted.name);
        if (wanted.intent === 'omitted') expect(element).toBeUndefined();
        else if (wanted.intent === 'value' && wanted.value.trim() !== '""') expect(element).toMatchObject({ intent: 'value', value: wanted.value.replaceAll('\n', ' ').trim() });
        else expect(element?.intent).toBe(wanted.intent === 'value' ? 'empty' : wanted.intent);
        const others = (list: typeof before.elements) => list.filter(({ name }) => name !== wanted.name).map(({ name, raw, attributes }) => [name, raw, attributes.map((one) => one.value)]);
        expect(others(after.elements)).toEqual(others(before.elements));
        expect(after.commented.length).toBe(before.commented.length);
      }),
      { numRuns: 3_000 },
    );
  });

  it('writing what is there already gives the same string, for every parameter of it', () => {
    fc.assert(
      fc.property(profileText, (text) => {
        for (const [name, { intent, value }] of effective(readDocument(text))) {
          const edited = editParameter(text, { name, intent, value });
          if (edited.ok) expect(edited.value).toBe(text);
          else expect(readDocument(text).problems.some(({ severity }) => severity === 'error')).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('what was put in and taken out again leaves the file byte for byte', () => {
    fc.assert(
      fc.property(profileText, (text) => {
        if (text.includes('Quite_New') || !readDocument(text).profile?.close) return;
        const name = 'Quite_New';
        const inserted = editParameter(text, { name, intent: 'value', value: 'x' });
        if (!inserted.ok) return;
        expect(inserted.value).not.toBe(text);
        expect(editParameter(inserted.value, { name, intent: 'omitted', value: '' })).toEqual({ ok: true, value: text });
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('one spelling', () => {
  it('says the same as before, and formatting again changes nothing', () => {
    fc.assert(
      fc.property(profileText, (text) => {
        const formatted = formatProfile(text);
        if (!formatted.ok) {
          expect(checkWellFormed(text).ok).toBe(false);
          return;
        }
        expect(formatProfile(formatted.value)).toEqual(formatted);
        const told = (source: string) => readDocument(source).elements.map(({ name, raw, attributes }) => [name, raw, attributes.map((one) => [one.name, one.value])]);
        expect(told(formatted.value)).toEqual(told(text));
        const comments = (source: string) => Array.from(source.matchAll(/<!--[\s\S]*?-->/g), String);
        expect(comments(formatted.value)).toEqual(comments(text));
        expect(compareDocuments(readDocument(text), readDocument(formatted.value)).filter(({ verdict }) => verdict !== 'same')).toEqual([]);
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('bytes of a profile', () => {
  it('are text, or refused at the first byte that is none', () => {
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 12 }), fc.tuple(fc.string({ unit: 'binary', minLength: 1 }), fc.uint8Array({ maxLength: 3 }), fc.string()).map(([text, junk, rest]) => Buffer.concat([Buffer.from(text), junk, Buffer.from(rest)])));
    fc.assert(
      fc.property(bytes, (file) => {
        const text = decodeProfile(file);
        if (text.ok) {
          expect(Buffer.from(text.value).equals(file)).toBe(true);
          return;
        }
        const { code, params } = text.failure;
        const offset = Number(params['offset']);
        if (code === 'profile.nul') expect(file.indexOf(0)).toBe(offset);
        if (code !== 'profile.not-utf8') return;
        const fatal = new TextDecoder('utf-8', { fatal: true });
        expect(() => fatal.decode(file.subarray(0, offset))).not.toThrow();
        for (let length = 1; length <= 4; length += 1) expect(() => fatal.decode(file.subarray(0, offset + Math.min(length, file.length - offset)))).toThrow();
      }),
      { numRuns: 4_000 },
    );
  });
});

function expectInside(text: string, spans: readonly TextSpan[]): void {
  for (const { from, to, line, column } of spans) {
    expect(from).toBeLessThanOrEqual(to);
    expect(to).toBeLessThanOrEqual(text.length);
    const before = text.slice(0, from).split(/\r\n|\r|\n/);
    // Between CR and LF no line has ended yet.
    const inside = text[from - 1] === '\r' && text[from] === '\n';
    if (!inside) expect([line, column]).toEqual([before.length, (before.at(-1)?.length ?? 0) + 1]);
  }
}
