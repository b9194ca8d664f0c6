import { expect, it } from 'vitest';
import { stepsOver } from '../../../../../../renderer/screens/profiles/editor/type-over.ts';

it.each([
  ['<A ua="na">1', '</A>', '<', true],
  ['<A ua="na">1<', '/A>', '/', true],
  ['<A ua="na">1</', 'A>', 'A', true],
  ['<A ua="na">1</A', '>', '>', true],
  ['<A>1', '</A>', '2', false],
  ['<A>1', '</B>', '<', false],
  ['<flat-profile>', '</flat-profile>', '<', false],
  ['<A>1</A>', '<B>', '<', false],
])('at %j before %j the sign %j is stepped over: %j', (before, after, typed, steps) => {
  expect(stepsOver(before, after, typed)).toBe(steps);
});
