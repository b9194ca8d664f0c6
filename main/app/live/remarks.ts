import type { Failure } from '../../../common/values/failure.ts';

/** Troubles of the whole bench, each kind once with its newest figures. */
export interface Remarks {
  add(failure: Failure): void;
  list(): readonly Failure[];
}

export function createRemarks(changed: () => void): Remarks {
  const held = new Map<string, Failure>();
  return {
    add: (failure) => {
      held.set(failure.code, failure);
      changed();
    },
    list: () => [...held.values()],
  };
}
