import type { Counts } from '../../common/contract/views/bench.ts';

/** C major, soft: root, third and fifth, in hertz. */
const NOTES = [523.25, 659.25, 783.99];
const LENGTH_S = 0.9;
const LOUD = 0.05;

/** True at the moment when the last phone of the bench became done; the first look at a bench makes no sound. */
export function allDoneNow(before: Pick<Counts, 'all' | 'done'> | null, after: Pick<Counts, 'all' | 'done'>): boolean {
  const whole = (counts: Pick<Counts, 'all' | 'done'>) => counts.all > 0 && counts.done === counts.all;
  return before !== null && whole(after) && !whole(before);
}

/** One soft chord. A browser that allows no sound before the first click stays silent. */
export function playChord(): void {
  const audio = new AudioContext();
  const volume = audio.createGain();
  volume.gain.setValueAtTime(0, audio.currentTime);
  volume.gain.linearRampToValueAtTime(LOUD, audio.currentTime + 0.03);
  volume.gain.exponentialRampToValueAtTime(0.0001, audio.currentTime + LENGTH_S);
  volume.connect(audio.destination);
  for (const [index, hertz] of NOTES.entries()) {
    const tone = audio.createOscillator();
    tone.frequency.value = hertz;
    tone.connect(volume);
    tone.start();
    tone.stop(audio.currentTime + LENGTH_S);
    if (index === NOTES.length - 1) tone.onended = () => void audio.close();
  }
}
