import { Signal } from '../../model/signal.ts';

/** What lies over the screen: the finder, the key map, or nothing. */
export const overlay = new Signal<'find' | 'keys' | null>(null);
