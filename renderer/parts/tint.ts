/** At most this many tiles are tinted at once; a bench in full swing stays quiet. */
const TINTS = 12;
const TINT_MS = 400;
let running = 0;

/** Tints a tile once because its stage changed. */
export function takeTint(element: HTMLElement, className: string): void {
  if (running >= TINTS || className === '') return;
  running += 1;
  element.classList.remove(className);
  element.classList.add(className);
  setTimeout(() => {
    running -= 1;
    element.classList.remove(className);
  }, TINT_MS);
}
