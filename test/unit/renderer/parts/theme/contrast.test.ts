import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

/** The tokens as they are shipped, measured over every pair that the screens use (WCAG 2.2: text 4.5, shapes 3). */
const css = readFileSync(new URL('../../../../../renderer/parts/theme/tokens.css', import.meta.url), 'utf8');

function tokens(scheme: 'light' | 'dark'): ReadonlyMap<string, string> {
  const block = new RegExp(`\\[data-mantine-color-scheme='${scheme}'\\]\\s*\\{([^}]*)\\}`).exec(css)?.[1] ?? '';
  return new Map([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/gi)].map((match) => [match[1] ?? '', match[2] ?? '']));
}

const grounds = ['bg', 'surface', 'sunk', 'hover', 'sel'];
const on = (inks: readonly string[], places: readonly string[]) => inks.flatMap((ink) => places.map((place) => [ink, place] as const));
const TEXT = [
  ...on(['ink', 'ink2'], [...grounds, 'rail', 'att-bg', 'ok-bg', 'add', 'del']),
  ...on(['ink3'], ['bg', 'surface', 'sunk', 'hover']),
  ...on(['ok'], ['bg', 'surface', 'sunk', 'ok-bg']),
  ...on(['run'], ['bg', 'surface', 'run-bg']),
  ...on(['att'], ['surface', 'sunk', 'att-bg']),
  ...on(['k1', 'k2', 'k4'], ['surface', 'add', 'del']),
  ['btn-ink', 'btn'], ['att-ink', 'att-edge'], ['k3', 'ok-bg'], ['surface', 'ink'],
] as const;
const SHAPES = [
  ...on(['edge'], ['bg', 'surface', 'sunk']),
  ...on(['ok-edge', 'ok-sign'], ['surface', 'ok-bg']),
  ...on(['att-edge'], ['surface', 'att-bg']),
  ...on(['run'], ['surface', 'bg']),
  ...on(['focus'], ['bg', 'surface', 'rail', 'sunk']),
] as const;

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].toSorted((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe.each(['light', 'dark'] as const)('the %s tokens', (scheme) => {
  const colours = tokens(scheme);
  const measure = ([ink, ground]: readonly [string, string]) => {
    const [a, b] = [colours.get(ink), colours.get(ground)];
    if (!a || !b) throw new Error(`no token ${ink} or ${ground}`);
    return contrast(a, b);
  };
  it.each(TEXT)('%s is readable on %s', (...pair) => {
    expect(measure(pair)).toBeGreaterThanOrEqual(4.5);
  });
  it.each(SHAPES)('%s is seen on %s', (...pair) => {
    expect(measure(pair)).toBeGreaterThanOrEqual(3);
  });
});
