import type { RuleKind } from '../../common/values/rule.ts';
import type { Mac } from '../../common/values/mac.ts';
import { Signal, useSignal } from './signal.ts';

export type Screen =
  | { readonly name: 'bench' }
  | { readonly name: 'phone'; readonly mac: Mac }
  | { readonly name: 'profiles' }
  | { readonly name: 'firmware' }
  | { readonly name: 'servers' }
  | { readonly name: 'activity' }
  | { readonly name: 'wall' }
  | { readonly name: 'first-run' }
  | { readonly name: 'import' }
  | { readonly name: 'settings' }
  /** Key doctor and key ring. */
  | { readonly name: 'doctor' }
  /** The rule debugger over the whole page; `typed` is a trial that was begun elsewhere. */
  | { readonly name: 'rule'; readonly kind: RuleKind; readonly rule: string; readonly typed: string | null; readonly mac: Mac | null };

/** Where the person is. Kept in memory: the address bar carries nothing, so a token or a MAC never lands in a history. */
export class Router {
  readonly screen: Signal<Screen>;
  #trail: readonly Screen[] = [];

  constructor(start: Screen) {
    this.screen = new Signal(start);
  }

  go(screen: Screen): void {
    const here = this.screen.get();
    if (sameScreen(here, screen)) return;
    this.#trail = [...this.#trail, here].slice(-20);
    this.screen.set(screen);
  }

  /** Where `back` leads. */
  behind(): Screen {
    return this.#trail.at(-1) ?? { name: 'bench' };
  }

  /** To where the person came from, or to the bench. */
  back(): void {
    const last = this.behind();
    this.#trail = this.#trail.slice(0, -1);
    this.screen.set(last);
  }
}

export const router = new Router({ name: 'bench' });

export function useScreen(): Screen {
  return useSignal(router.screen);
}

export function sameScreen(a: Screen, b: Screen): boolean {
  if (a.name === 'rule') return b.name === 'rule' && a.kind === b.kind && a.rule === b.rule && a.typed === b.typed && a.mac === b.mac;
  return a.name === b.name && (a.name !== 'phone' || (b.name === 'phone' && a.mac === b.mac));
}
