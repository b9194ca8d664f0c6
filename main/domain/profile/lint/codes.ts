import type { Severity } from '../../../../common/values/finding.ts';

export interface LintCodeFacts {
  readonly severity: Severity;
  /** After such a profile the phone no longer asks this bench. */
  readonly cutsOff?: true;
  /** Word of the button; `safe`: the phone then does what the text already meant, so all of them may be made at once. */
  readonly fix?: { readonly code: string; readonly safe: boolean };
}

/**
 * Every code of the lint itself; what each means is the sentence of that code. Problems of the XML (`profile.…`) and of
 * rules (`rule.…`) come on top, as the readers of both find them.
 */
export const LINT_CODES = {
  'lint.name-case': { severity: 'warning', fix: { code: 'lint.fix.rename', safe: true } },
  'lint.name-near': { severity: 'warning', fix: { code: 'lint.fix.rename', safe: false } },
  'lint.name-unknown': { severity: 'warning' },
  'lint.name-spa': { severity: 'warning', fix: { code: 'lint.fix.rename', safe: true } },
  'lint.name-spa-gone': { severity: 'warning' },
  'lint.name-twice': { severity: 'warning', fix: { code: 'lint.fix.remove', safe: true } },
  'lint.index-beyond': { severity: 'warning' },
  'lint.value-option': { severity: 'warning' },
  'lint.value-case': { severity: 'warning', fix: { code: 'lint.fix.value', safe: true } },
  'lint.switch-case': { severity: 'hint', fix: { code: 'lint.fix.value', safe: true } },
  'lint.value-number': { severity: 'warning' },
  'lint.value-range': { severity: 'warning' },
  'lint.value-port': { severity: 'warning' },
  'lint.value-address': { severity: 'warning' },
  'lint.value-host': { severity: 'warning', fix: { code: 'lint.fix.value', safe: true } },
  'lint.password-length': { severity: 'warning' },
  'lint.period-syntax': { severity: 'warning' },
  'lint.resync-at': { severity: 'warning' },
  'lint.resync-at-wins': { severity: 'hint' },
  'lint.ua-missing': { severity: 'hint', fix: { code: 'lint.fix.ua', safe: true } },
  'lint.ua-unknown': { severity: 'warning', fix: { code: 'lint.fix.ua', safe: false } },
  'lint.ua-quotes': { severity: 'warning', fix: { code: 'lint.fix.quotes', safe: true } },
  'lint.secret-readable': { severity: 'warning', fix: { code: 'lint.fix.ua', safe: true } },
  'lint.secret-own': { severity: 'hint' },
  'lint.key-register': { severity: 'warning' },
  'lint.non-ascii': { severity: 'warning' },
  'lint.typographic': { severity: 'warning', fix: { code: 'lint.fix.plain', safe: true } },
  'lint.typographic-rule': { severity: 'error', fix: { code: 'lint.fix.plain', safe: true } },
  'lint.escape': { severity: 'warning', fix: { code: 'lint.fix.escape', safe: true } },
  'lint.place-syntax': { severity: 'error' },
  'lint.variable-missing': { severity: 'error' },
  'lint.rule-elsewhere': { severity: 'warning' },
  'lint.activation-short': { severity: 'hint' },
  'lint.activation-bare': { severity: 'error', fix: { code: 'lint.fix.gds', safe: false } },
  'lint.activation-load': { severity: 'hint' },
  'lint.upgrade-off': { severity: 'warning' },
  'lint.proxy-host': { severity: 'warning' },
  'lint.proxy-login': { severity: 'warning' },
  'lint.proxy-pac': { severity: 'warning' },
  'lint.proxy-unused': { severity: 'hint' },
  'lint.static-half': { severity: 'warning' },
  'lint.domains': { severity: 'error', cutsOff: true, fix: { code: 'lint.fix.domains', safe: false } },
  'lint.provision-off': { severity: 'error', cutsOff: true, fix: { code: 'lint.fix.provision', safe: false } },
  'lint.rules-empty': { severity: 'error', cutsOff: true, fix: { code: 'lint.fix.factory-rule', safe: false } },
  'lint.rules-reset': { severity: 'warning', cutsOff: true, fix: { code: 'lint.fix.factory-rule', safe: false } },
  'lint.silent': { severity: 'error', cutsOff: true },
  'lint.web-only': { severity: 'warning' },
} as const satisfies Readonly<Record<string, LintCodeFacts>>;

export type LintCode = keyof typeof LINT_CODES;
