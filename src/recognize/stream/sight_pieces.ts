import type { FrameShape } from "../../../models/backbone.ts";
import { InputError } from "../input_error.ts";
import type { PictureShape } from "../picture_shape.ts";
import type { Sight, Watcher } from "../watcher.ts";
import { framesOf, type TimeWindow } from "../windows.ts";

/**
 * Looks at the windows of a picture whose frames arrive in pieces, each as soon as it is whole, and holds
 * no more frames than the windows that are not over yet.
 */
export class SightPieces {
  readonly #watcher: Watcher;
  readonly #shape: PictureShape;
  readonly #windows: readonly TimeWindow[];
  readonly #sights: Sight[] = [];
  /** Frames from number `#first` on. */
  #held: Uint8Array<ArrayBuffer> = new Uint8Array(0);
  #first = 0;
  #count = 0;

  /**
   * Begins a picture.
   *
   * @throws {InputError} If it has more frames a second than the watcher looks at.
   */
  constructor(watcher: Watcher, shape: PictureShape, windows: readonly TimeWindow[]) {
    if (shape.fps > watcher.fps * 1.05) {
      throw new InputError(`fps is ${shape.fps}; allowed: up to the card's ${watcher.fps}`);
    }
    this.#watcher = watcher;
    this.#shape = shape;
    this.#windows = windows;
  }

  /** Takes the next frames, RGB [n, height, width, 3]. */
  push(frames: Uint8Array): void {
    const length = this.#shape.height * this.#shape.width * 3;
    if (frames.length % length !== 0) {
      throw new InputError(
        `${frames.length} bytes are no whole frames of ${this.#shape.width} x ${this.#shape.height}`,
      );
    }
    this.#append(frames, length);
    // The last window may lack a frame or two: it waits for the end.
    while (this.#sights.length < this.#windows.length - 1) {
      const window = this.#windows[this.#sights.length];
      if (this.#first + this.#count < framesOf(window, this.#shape.fps, Infinity)[1]) return;
      this.#look(window);
    }
  }

  /** Length of the picture so far, in seconds. */
  get seconds(): number {
    return (this.#first + this.#count) / this.#shape.fps;
  }

  /** What was seen in each window, once all frames are there. A single window may be another than was planned. */
  finish(windows: readonly TimeWindow[]): readonly Sight[] {
    for (const window of windows.slice(this.#sights.length)) this.#look(window);
    return this.#sights;
  }

  #append(frames: Uint8Array, length: number): void {
    const used = this.#count * length;
    if (used + frames.length > this.#held.length) {
      const larger = new Uint8Array(Math.max(used + frames.length, 2 * this.#held.length));
      larger.set(this.#held.subarray(0, used));
      this.#held = larger;
    }
    this.#held.set(frames, used);
    this.#count += frames.length / length;
  }

  #look(window: TimeWindow): void {
    const { height, width, fps } = this.#shape;
    const length = height * width * 3;
    const [from, to] = framesOf(window, fps, this.#first + this.#count)
      .map((frame) => Math.max(0, frame - this.#first));
    const part: FrameShape = { n: to - from, height, width };
    this.#sights.push(
      this.#watcher.look(this.#held.subarray(from * length, to * length), part, fps),
    );
    const next = this.#windows[this.#sights.length];
    if (next) this.#forget(framesOf(next, fps, Infinity)[0] - this.#first, length);
  }

  /** Forgets the first frames. */
  #forget(frames: number, length: number): void {
    const dropped = Math.min(this.#count, Math.max(0, frames));
    this.#held.copyWithin(0, dropped * length, this.#count * length);
    this.#first += dropped;
    this.#count -= dropped;
  }
}
