import { bench } from './bench.ts';
import { ShownList } from './shown-list.ts';
import { Signal } from './signal.ts';

let movedAt = Number.NEGATIVE_INFINITY;
if (typeof window !== 'undefined') {
  for (const event of ['pointermove', 'pointerdown', 'keydown', 'wheel'] as const) {
    window.addEventListener(event, () => (movedAt = performance.now()), { passive: true, capture: true });
  }
}

/** What the bench shows; it survives a visit to another screen. */
export const shown = new ShownList(bench, {
  later: (work, ms) => {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
  stillFor: () => performance.now() - movedAt,
});

export const benchLayout = new Signal<'tiles' | 'table'>('tiles');

/** The phone that the keyboard is on, kept so that coming back from its page finds it again. */
export const focusedPhone = new Signal<string | null>(null);
