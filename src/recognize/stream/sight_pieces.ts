import type { FrameShape } from "../../../models/backbone.ts";
import { InputError } from "../input_error.ts";
import type { PictureShape } from "../picture_shape.ts";
import type { Sight, Watcher } from "../watcher.ts";
import { framesOf, regularWindow, SEVERAL_FROM, type TimeWindow } from "../windows.ts";

/** Frames a second above the watcher's by this part are the same rate: 29.97 and 30. */
const TOLERANCE = 0.05;

/**
 * Looks at the windows of a picture whose frames arrive in pieces, each as soon as it is certain, and holds
 * the frames of a window or two.
 */
export class SightPieces {
  readonly #watcher: Watcher;
  readonly #shape: PictureShape;
  readonly #windowSeconds: number;
  /** What was seen in the regular windows so far. */
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
  constructor(watcher: Watcher, shape: PictureShape, windowSeconds: number) {
    if (shape.fps > watcher.fps * (1 + TOLERANCE)) {
      throw new InputError(`fps is ${shape.fps}; allowed: up to the card's ${watcher.fps}`);
    }
    this.#watcher = watcher;
    this.#shape = shape;
    this.#windowSeconds = windowSeconds;
  }

  /** Length of the picture so far, in seconds. */
  get seconds(): number {
    return (this.#first + this.#count) / this.#shape.fps;
  }

  /**
   * Takes the next frames, RGB [n, height, width, 3].
   *
   * @throws {InputError} If they are not whole frames.
   */
  push(frames: Uint8Array): void {
    const { height, width, fps } = this.#shape;
    const length = height * width * 3;
    if (frames.length % length !== 0) {
      throw new InputError(`${frames.length} bytes are no whole frames of ${width} x ${height}`);
    }
    this.#append(frames, length);
    const several = this.#windowSeconds * SEVERAL_FROM;
    while (this.seconds > several) {
      const window = regularWindow(this.#sights.length, this.#windowSeconds);
      if (this.#first + this.#count < framesOf(window, fps, Infinity)[1]) break;
      this.#sights.push(this.look(window));
    }
    if (this.#sights.length === 0) return;
    // The last window ends with the clip: its frames may be among the last so far, or still to come.
    const next = framesOf(regularWindow(this.#sights.length, this.#windowSeconds), fps, Infinity);
    const windowFrames = next[1] - next[0];
    this.#forget(
      Math.min(next[0], this.#first + this.#count - windowFrames - 1) - this.#first,
      length,
    );
  }

  /** What was seen in a window, once all its frames are there: a regular one that is over, or the last. */
  look(window: TimeWindow): Sight {
    const seen = this.#sights.find((_, i) =>
      regularWindow(i, this.#windowSeconds).start === window.start
    );
    if (seen) return seen;
    const { height, width, fps } = this.#shape;
    const length = height * width * 3;
    const [from, to] = framesOf(window, fps, this.#first + this.#count)
      .map((frame) => Math.max(0, frame - this.#first));
    const part: FrameShape = { n: to - from, height, width };
    return this.#watcher.look(this.#held.subarray(from * length, to * length), part, fps);
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

  /** Forgets the first frames. */
  #forget(frames: number, length: number): void {
    const dropped = Math.min(this.#count, Math.max(0, frames));
    this.#held.copyWithin(0, dropped * length, this.#count * length);
    this.#first += dropped;
    this.#count -= dropped;
  }
}
