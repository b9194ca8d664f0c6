import { useEffect, useState } from 'react';
import type { FirmwarePlan } from '../../../common/values/firmware.ts';
import { connection, host } from '../../api/host.ts';
import { useFailureText } from '../../api/use-call.ts';
import { Signal, useSignal } from '../../model/signal.ts';

/** What is planned: where to, through which loads, for whom. */
export interface PlanChoice {
  readonly target: string | null;
  readonly through: readonly string[];
  /** `*`, a model or a MAC. */
  readonly scope: string;
  readonly allowDowngrade: boolean;
  /** A person has chosen something here, or looks at a dialog of it: another target is not suggested any more. */
  readonly touched: boolean;
}

/** Kept while the window lives. Another target begins without hops and without a way down. */
export const choice = new Signal<PlanChoice>({ target: null, through: [], scope: '*', allowDowngrade: false, touched: false });

/** What a person says. */
export function choose(change: Partial<Omit<PlanChoice, 'touched'>>): void {
  choice.set({ ...choice.get(), ...change, touched: true });
}

export function chooseTarget(target: string): void {
  choose(choice.get().target === target ? {} : { target, through: [], allowDowngrade: false });
}

/** The program's own idea, or none. */
export function suggestTarget(target: string | null): void {
  if (choice.get().target !== target) choice.set({ ...choice.get(), target, through: [], allowDowngrade: false, touched: false });
}

export interface Planned {
  /** null before the first answer for this choice. */
  readonly plan: FirmwarePlan | null;
  /** Why there is none, as a sentence. */
  readonly failure: string | null;
}

const AGAIN_MS = 4000;

/** The plan for the present choice, made again every few seconds: phones come and show their versions. `fresh` asks at once. */
export function usePlan(wish: PlanChoice, fresh: unknown): Planned {
  const tell = useFailureText();
  const open = useSignal(connection.state).kind === 'open';
  const [answer, setAnswer] = useState<(Planned & { readonly wish: PlanChoice }) | null>(null);
  useEffect(() => {
    const { target } = wish;
    if (!open || target === null) return undefined;
    let gone = false;
    const ask = () => {
      if (document.hidden) return;
      host.firmware.plan(askOf({ ...wish, target })).then(
        (plan) => { if (!gone) setAnswer({ wish, plan, failure: null }); },
        (error: unknown) => { if (!gone) setAnswer({ wish, plan: null, failure: tell(error) }); },
      );
    };
    ask();
    const timer = setInterval(ask, AGAIN_MS);
    return () => {
      gone = true;
      clearInterval(timer);
    };
  }, [wish, open, fresh, tell]);
  // The last plan of the same target stays while a changed one is on its way, so that nothing jumps.
  return answer?.wish.target === wish.target ? answer : { plan: null, failure: null };
}

export function askOf({ target, through, scope, allowDowngrade }: PlanChoice & { readonly target: string }) {
  return { target, through: [...through], scope, allowDowngrade };
}
