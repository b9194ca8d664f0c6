/** A phone's way, in order. A stage is reached by wire evidence only. */
export const STAGES = ['expected', 'addressed', 'profile', 'firmware', 'rebooted', 'resynced', 'reported', 'proved'] as const;
export type Stage = (typeof STAGES)[number];

export function stageRank(stage: Stage): number {
  return STAGES.indexOf(stage);
}

export function isAtLeast(stage: Stage, goal: Stage): boolean {
  return stageRank(stage) >= stageRank(goal);
}
