/** How waves behave. Times in milliseconds, rates in bytes a second. */
export interface WaveSettings {
  /** Under this rate a phone may time out: nobody new is admitted while one is slower. */
  readonly floorRate: number;
  /**
   * Phones that may load at once, however slow the card is measured: so many that a few slow or looping phones never hold up
   * a hall, so few that a card of 100 Mbit/s keeps all of them above the floor.
   */
  readonly least: number;
  readonly most: number;
  /** Rounds that end where they began before a phone is held. */
  readonly rounds: number;
  /** A told phone may stay silent so long before the order is repeated, then given up with a cause. */
  readonly tellLimit: number;
  /** Silence after an image that means there is no further one, where nobody knows the set yet. */
  readonly quietLimit: number;
  /** Writing and restarting may take so long before the phone counts as lost. */
  readonly writingLimit: number;
  /** A phone that came back may take so long to show its version: by its own page, a line, a request over HTTP. */
  readonly showLimit: number;
  /** A request repeated within this time belongs to the same try, unless the phone restarted in between. */
  readonly againLimit: number;
}

export const WAVE_SETTINGS: WaveSettings = {
  floorRate: 250_000,
  least: 16,
  most: 1000,
  rounds: 3,
  tellLimit: 60_000,
  quietLimit: 20_000,
  writingLimit: 15 * 60_000,
  showLimit: 60_000,
  againLimit: 10_000,
};

/** An order is given once and repeated twice. */
export const ORDERS = 3;
