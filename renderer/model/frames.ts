/** Runs work in the next animation frame; a test hands in its own. */
export interface FrameClock {
  readonly nextFrame: (work: () => void) => void;
  readonly now: () => number;
}

const LATEST_MS = 250;

/** A hidden window gets no animation frames, nor does one that is hidden while it waits for one; its state must still stay true. */
export const browserFrames: FrameClock['nextFrame'] = (work) => {
  let done = false;
  const run = () => {
    if (done) return;
    done = true;
    clearTimeout(timer);
    cancelAnimationFrame(frame);
    work();
  };
  const timer = setTimeout(run, LATEST_MS);
  const frame = requestAnimationFrame(run);
};

/** Asks for one frame at a time, however often it is called before that frame comes. */
export function oncePerFrame(clock: FrameClock, frame: () => void): () => void {
  let scheduled = false;
  return () => {
    if (scheduled) return;
    scheduled = true;
    clock.nextFrame(() => {
      scheduled = false;
      frame();
    });
  };
}
