import { useEffect, useState } from 'react';
import type { RuleFacts, RuleKind, RuleTrace } from '../../../../common/contract/views/profiles.ts';
import type { Mac } from '../../../../common/values/mac.ts';
import { connection, host } from '../../../api/host.ts';
import { useFailureText } from '../../../api/use-call.ts';
import { useSignal } from '../../../model/signal.ts';

/** What is traced: a rule as it stands in a profile, or what a technician types on the keypad. */
export interface Trial {
  readonly entry: 'rule' | 'keypad';
  readonly kind: RuleKind;
  readonly text: string;
  readonly facts: RuleFacts;
}

export interface Traced {
  readonly trace: RuleTrace | null;
  /** The text that `trace` speaks of; spans fit no other. */
  readonly of: string;
  readonly failure: string | null;
}

const STILL_MS = 140;

const NONE: Traced = { trace: null, of: '', failure: null };

/**
 * Asks for the trace once the text has been still for a moment, and again when the host is back. Only the newest answer is
 * shown; the last one of the same phone stays meanwhile.
 */
export function useTrace(mac: Mac | null, trial: Trial | null): Traced {
  const [traced, setTraced] = useState<Traced & { readonly mac: Mac | null }>({ ...NONE, mac });
  const tell = useFailureText();
  const open = useSignal(connection.state).kind === 'open';
  const wanted = trial === null ? null : JSON.stringify(trial);
  useEffect(() => {
    if (wanted === null || !open) return undefined;
    let newest = true;
    const timer = setTimeout(() => {
      const { entry, kind, text, facts } = JSON.parse(wanted) as Trial;
      const asked = entry === 'keypad' ? host.rules.keypad({ text, facts }) : host.rules.trace({ kind, rule: text, facts });
      asked.then(
        (trace) => { if (newest) setTraced({ mac, trace, of: text, failure: null }); },
        (error: unknown) => { if (newest) setTraced((last) => ({ ...(last.mac === mac ? last : NONE), mac, failure: tell(error) })); },
      );
    }, STILL_MS);
    return () => {
      newest = false;
      clearTimeout(timer);
    };
  }, [mac, wanted, open, tell]);
  return traced.mac === mac ? traced : NONE;
}

/** What the bench knows of the phone, or of a factory-fresh one; null while it is asked. */
export function useKnownFacts(mac: Mac | null): { readonly facts: RuleFacts | null; readonly failure: string | null } {
  const [known, setKnown] = useState<{ readonly mac: Mac | null; readonly facts: RuleFacts | null; readonly failure: string | null }>({ mac, facts: null, failure: null });
  const tell = useFailureText();
  const open = useSignal(connection.state).kind === 'open';
  useEffect(() => {
    if (!open) return undefined;
    let newest = true;
    host.rules.facts({ mac }).then(
      (facts) => { if (newest) setKnown({ mac, facts, failure: null }); },
      (error: unknown) => { if (newest) setKnown((last) => ({ mac, facts: last.mac === mac ? last.facts : null, failure: tell(error) })); },
    );
    return () => {
      newest = false;
    };
  }, [mac, open, tell]);
  return known.mac === mac ? known : { facts: null, failure: null };
}
