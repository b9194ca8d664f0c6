import { describe, expect, it } from 'vitest';
import { maskText } from '../../../../../../main/domain/profile/secrets.ts';
import { ruleForPhone } from '../../../../../../renderer/screens/profiles/debugger/rule-for-phone.ts';

const values: Readonly<Record<string, string>> = { bench_http: 'http://10.20.0.1:80', mac: '00562b043601', ward: 'B 2', token: 's3cr3t', none: '' };
/** As the host does it: filled, then covered. */
const preview = (rule: string) => maskText(fill(rule));
const fill = (rule: string) => rule.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? '');

describe('the rule that is traced', () => {
  it.each([
    ['[--key hush-hush]{{bench_http}}/p/$MA.cfg'],
    ['[--uid u --pwd hush]http://x/{{mac}}.cfg'],
    ['http://user:hush@{{mac}}.example/{{ward}}/$MA.cfg'],
    ['{{bench_http}}/p.cfg?token=hush&n={{none}}'],
    ['($FWVER lt 11.0)?[--key "one two"]{{bench_http}}/a|[--key $B]{{bench_http}}/b'],
    ['/p/{{mac}}.cfg'],
    ['[--key hush]http://x/y'],
  ])('is filled, with the secrets of the file itself: %s', (rule) => {
    expect(ruleForPhone(rule, preview(rule))).toBe(fill(rule));
  });

  it('keeps a secret covered that came out of the list of phones', () => {
    expect(ruleForPhone('[--key {{token}}]{{bench_http}}/x', preview('[--key {{token}}]{{bench_http}}/x'))).toBe('[--key ••••••]http://10.20.0.1:80/x');
  });

  it('is the rule of the file while nothing is filled, and where the fill is of another text', () => {
    expect(ruleForPhone('[--key hush]{{mac}}', undefined)).toBe('[--key hush]{{mac}}');
    expect(ruleForPhone('[--key hush]a{{mac}}b', '[--key ••••••]zz')).toBe('[--key hush]a{{mac}}b');
  });

  it('is found in long rules with many places too, and given up where there is none', () => {
    const rule = `[--key hush]${'{{mac}}-'.repeat(80)}`;
    expect(ruleForPhone(rule, preview(rule))).toBe(fill(rule));
    expect(ruleForPhone(rule, `[--key ••••••]${'-'.repeat(1200)}x`)).toBe(rule);
  });
});
