import type { TextSpan } from './text-span.ts';

/** What a phone knows when it reads a rule. Everything is optional to the person who asks: what lacks stays untouched text. */
export interface RuleFacts {
  /** Macro values by name without `$`: MA, MAU, MAC, PN, PSN, SN, SWVER, HWVER, IP, PRVST, CCERT, A to P … */
  readonly macros: Readonly<Record<string, string>>;
  /** SA to SD. Expanded only as arguments of --key, --uid, --pwd; never shown. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Host that a rule without a server goes to, from DHCP. */
  readonly server: string | null;
  /** True when IKM_HTTP_Encrypt_Content is set. */
  readonly ikm: boolean;
  /** Values of Resync_* and *_Retry_Delay by parameter name; what lacks is the factory value. */
  readonly timing: Readonly<Record<string, string>>;
  /** How many attempts in a row have failed so far. */
  readonly failures: number;
  /** Milliseconds since 1970, for Resync_At. */
  readonly now: number;
}

/** The rule a text is read as: each has its own options and its own rules. */
export type RuleKind = 'profile' | 'upgrade' | 'report' | 'ca' | 'trigger';

export interface RuleProblem {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly severity: 'error' | 'warning';
  readonly span: TextSpan;
}

/** One line of the debugger. `code` and `params` are a sentence: `rule.step.…`; secrets never stand in params. */
export interface RuleStep {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly tone: 'yes' | 'no' | 'neutral' | 'wrong';
  /** What of the rule's text this step speaks of. */
  readonly span: TextSpan | null;
}

/** Where the key comes from: written in the rule, GPP_A to P, GPP_SA to SD, another macro (`$MAU`), IKM_HTTP_Encrypt_Content. */
export type KeySource = 'literal' | 'register' | 'secret-register' | 'macro' | 'ikm' | null;

/** The request that the rule comes to. */
export interface RuleRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'RRQ' | 'WRQ' | 'SRV';
  readonly scheme: 'tftp' | 'http' | 'https';
  readonly host: string;
  readonly port: number;
  readonly path: string;
  /** The whole URL with its port as the phone's log line prints it. */
  readonly url: string;
  readonly encrypted: 'aes' | 'aes128gcm' | null;
  readonly keySource: KeySource;
  readonly keyBytes: number | null;
  /** A user name is sent when the server asks. */
  readonly login: boolean;
}

/** When the phone comes again after one outcome. Seconds; `to` > `from` where the phone adds a random part. */
export interface NextTry {
  readonly outcome: 'success' | 'missing' | 'corrupt' | 'unreachable';
  readonly from: number | null;
  readonly to: number | null;
  /** Delays of the tries after that, as far as the list tells; the last one repeats. */
  readonly then: readonly number[];
  /** The parameter that decides. */
  readonly because: string;
  /** `rule.next.never`, `rule.next.at-time`, `rule.next.counts-as-success` … null when the numbers say it all. */
  readonly note: string | null;
}

/** Everything the debugger shows of one rule. */
export interface RuleTrace {
  readonly kind: RuleKind;
  readonly problems: readonly RuleProblem[];
  readonly alternatives: readonly { readonly span: TextSpan; readonly verdict: 'wins' | 'false' | 'not-reached' | 'unreadable' }[];
  /** Text of the winning alternative after macro expansion, secrets replaced by a sign. */
  readonly expanded: string | null;
  readonly steps: readonly RuleStep[];
  readonly assignments: readonly { readonly name: string; readonly value: string }[];
  readonly requests: readonly RuleRequest[];
  /** Nothing is asked: empty rule, no alternative true, activation code. Sentence code, null when requests are made. */
  readonly ends: { readonly code: string; readonly params: Readonly<Record<string, string | number>> } | null;
  readonly next: readonly NextTry[];
}
