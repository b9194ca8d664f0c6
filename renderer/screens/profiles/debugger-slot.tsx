import { useMemo } from 'react';
import type { RuleKind } from '../../../common/contract/views/profiles.ts';
import type { Mac } from '../../../common/values/mac.ts';
import { router } from '../../model/router.ts';
import { useSignal } from '../../model/signal.ts';
import { RuleDebugger } from './debugger/rule-debugger.tsx';
import { ruleForPhone } from './debugger/rule-for-phone.ts';
import type { Draft } from './draft.ts';
import { elementAt, ruleKind, rulesOf } from './editor/element-at.ts';

/** The rule in which the cursor stands; elsewhere the first rule of the file, read for the phone of the preview. */
export function RuleCard({ draft, mac }: { readonly draft: Draft; readonly mac: Mac | null }) {
  const text = useSignal(draft.settled);
  const cursor = useSignal(draft.cursor);
  const places = useSignal(draft.filled);
  const rule = useMemo((): { readonly kind: RuleKind; readonly name: string; readonly value: string } => {
    const here = elementAt(text, cursor);
    const chosen = here && ruleKind(here.name) ? here : rulesOf(text)[0];
    return { kind: (chosen && ruleKind(chosen.name)) ?? 'profile', name: chosen?.name ?? '', value: chosen?.value ?? '' };
  }, [text, cursor]);
  // The bench fills its places before a phone reads the rule, so the filled rule is what is traced.
  const read = useMemo(() => ruleForPhone(rule.value, places?.get(rule.name)), [rule, places]);
  return <RuleDebugger key={rule.name} kind={rule.kind} rule={read} mac={mac} onWide={(typed) => router.go({ name: 'rule', kind: rule.kind, rule: read, typed, mac })} />;
}
