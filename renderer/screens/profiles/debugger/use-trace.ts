import { useEffect, useState } from 'react';
import type { RuleFacts, RuleKind, RuleTrace } from '../../../../common/contract/views/profiles.ts';
import type { Mac } from '../../../../common/values/mac.ts';
import { host } from '../../../api/host.ts';
import { useFailureText } from '../../../api/use-call.ts';

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

/** Asks for the trace once the text has been still for a moment. Only the newest answer is shown; the last one stays meanwhile. */
export function useTrace(trial: Trial | null): Traced {
  const [traced, setTraced] = useState<Traced>({ trace: null, of: '', failure: null });
  const tell = useFailureText();
  const wanted = trial === null ? null : JSON.stringify(trial);
  useEffect(() => {
    if (wanted === null) return undefined;
    let newest = true;
    const timer = setTimeout(() => {
      const { entry, kind, text, facts } = JSON.parse(wanted) as Trial;
      const asked = entry === 'keypad' ? host.rules.keypad({ text, facts }) : host.rules.trace({ kind, rule: text, facts });
      asked.then(
        (trace) => { if (newest) setTraced({ trace, of: text, failure: null }); },
        (error: unknown) => { if (newest) setTraced((last) => ({ ...last, failure: tell(error) })); },
      );
    }, STILL_MS);
    return () => {
      newest = false;
      clearTimeout(timer);
    };
  }, [wanted, tell]);
  return traced;
}

/** What the bench knows of the phone, or of a factory-fresh one; null while it is asked. */
export function useKnownFacts(mac: Mac | null): { readonly facts: RuleFacts | null; readonly failure: string | null } {
  const [known, setKnown] = useState<{ readonly mac: Mac | null; readonly facts: RuleFacts | null; readonly failure: string | null }>({ mac, facts: null, failure: null });
  const tell = useFailureText();
  useEffect(() => {
    let newest = true;
    host.rules.facts({ mac }).then(
      (facts) => { if (newest) setKnown({ mac, facts, failure: null }); },
      (error: unknown) => { if (newest) setKnown({ mac, facts: null, failure: tell(error) }); },
    );
    return () => {
      newest = false;
    };
  }, [mac, tell]);
  return known.mac === mac ? known : { facts: null, failure: null };
}
