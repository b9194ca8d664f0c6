import { expect, it } from 'vitest';
import { nameProblem } from '../../../../../../renderer/screens/profiles/templates/name-problem.ts';

it.each([
  ['ward', null], [' ward ', null], ['', 'name.empty'], ['a/b', 'name.wrong'], ['a\\b', 'name.wrong'], ['x'.repeat(81), 'name.wrong'], ['all', 'name.taken'],
] as const)('%j as the name of a template: %j', (name, problem) => {
  expect(nameProblem(name, [{ name: 'all' }])).toBe(problem);
});
