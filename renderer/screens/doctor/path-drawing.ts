import type { DrawingContext } from 'bwip-js/browser';

export interface DrawnPath {
  readonly width: number;
  readonly height: number;
  readonly path: string;
}

/** Takes what the encoder draws as one SVG path. A matrix code consists of polygons alone; what else it could draw is not in it. */
export class PathDrawing implements DrawingContext<DrawnPath> {
  #width = 0;
  #height = 0;
  readonly #parts: string[] = [];

  scale(sx: number, sy: number): [number, number] {
    return [Math.max(1, Math.floor(sx)), Math.max(1, Math.floor(sy))];
  }

  measure(): { width: number; ascent: number; descent: number } {
    return { width: 0, ascent: 0, descent: 0 };
  }

  init(width: number, height: number): void {
    this.#width = width;
    this.#height = height;
  }

  polygon(points: readonly (readonly [number, number])[]): void {
    this.#parts.push(`M${points.map(([x, y]) => `${x} ${y}`).join('L')}z`);
  }

  line(): void {}
  hexagon(): void {}
  ellipse(): void {}
  fill(): void {}
  text(): void {}

  end(): DrawnPath {
    return { width: this.#width, height: this.#height, path: this.#parts.join('') };
  }
}
