/** Moves the focus to the next or previous landmark: F6 and Shift F6. */
export function moveRegion(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')];
  if (regions.length === 0) return;
  const here = regions.findLastIndex((region) => region.contains(document.activeElement));
  const next = regions[(here + step + regions.length) % regions.length];
  if (!next) return;
  const stop = next.querySelector<HTMLElement>('[tabindex="0"], button, a[href], input, select, textarea');
  if (!stop) next.tabIndex = -1;
  (stop ?? next).focus();
}
