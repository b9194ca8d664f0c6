import { wrongUsage } from './exit.ts';

/** A port of 1–65,535, or the default where the option was left out. */
export function portOption(name: string, text: string | undefined, otherwise: number): number {
  return wholeOption(name, text, otherwise, 1, 65_535);
}

/** A whole number between two bounds, both included. */
export function wholeOption(name: string, text: string | undefined, otherwise: number, from: number, to: number): number {
  if (text === undefined) return otherwise;
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= from && value <= to)) throw wrongUsage(`${name} ${text} is not a whole number from ${from} to ${to}.`);
  return value;
}
