import type { Box } from "../../models/face_detector.ts";
import { DETECT_EVERY } from "../vision/crop_faces.ts";
import { rgbFrames } from "./check_input.ts";
import type { FrameInput } from "./clip_input.ts";
import { InputError } from "./input_error.ts";
import type { Sight, Watcher } from "./watcher.ts";

/** Frames may be nearer together than the model's by this part before some are left out. */
const TOLERANCE = 0.05;

/** Times that differ by less are the same, in seconds. */
const SAME = 1e-6;

/** One frame that was looked at. */
interface SeenFrame {
  readonly time: number;
  readonly row: Float32Array;
}

/** A frame that waits for its group. */
interface WaitingFrame {
  readonly time: number;
  readonly pixels: Uint8Array;
}

/**
 * What was seen in a stream, from the start of the next window on. Every frame is looked at once, in
 * groups of ten (fewer where a window ends), so that the result does not depend on how the recording
 * was cut into chunks. Faces found within `keepSeconds` steady the crop.
 */
export class SightBuffer {
  readonly #watcher: Watcher;
  readonly #keepSeconds: number;
  /** The end of the window in which a time lies: a group never reaches beyond it. */
  readonly #nextEnd: (time: number) => number;
  #size: Pick<FrameInput, "height" | "width"> | undefined;
  #fps = 0;
  #waiting: WaitingFrame[] = [];
  #groupEnd = 0;
  #seen: SeenFrame[] = [];
  #faces: { readonly time: number; readonly box: Box }[] = [];
  #last = -Infinity;

  /** Looks with `watcher`; `nextEnd` gives the first end of a window after a time. */
  constructor(watcher: Watcher, keepSeconds: number, nextEnd: (time: number) => number) {
    this.#watcher = watcher;
    this.#keepSeconds = keepSeconds;
    this.#nextEnd = nextEnd;
  }

  /** The time that the picture has reached, in seconds; undefined before the first frame. */
  get reach(): number | undefined {
    return this.#last === -Infinity ? undefined : this.#last + 1 / this.#fps;
  }

  /**
   * Takes frames that begin at `time`, and looks at those whose groups are complete.
   *
   * @throws {InputError} If they are not valid, have another size than those before, or begin earlier
   * than those end.
   */
  push(time: number, frames: FrameInput): void {
    const rgb = rgbFrames(frames);
    const { n, height, width, fps } = frames;
    if (n === 0) return;
    if (this.#size && (height !== this.#size.height || width !== this.#size.width)) {
      throw new InputError(
        `the stream has frames of ${this.#size.width} x ${this.#size.height}, this chunk of ` +
          `${width} x ${height}`,
      );
    }
    if (time < this.#last + SAME) {
      throw new InputError(
        `the frames at ${time} s begin before ${this.#last} s, where those before them end`,
      );
    }
    this.#size = { height, width };
    this.#fps = fps;
    const length = height * width * 3;
    const step = (1 - TOLERANCE) / this.#watcher.fps;
    for (let i = 0; i < n; i++) {
      const at = time + i / fps;
      const kept = this.#waiting.at(-1)?.time ?? this.#seen.at(-1)?.time ?? -Infinity;
      this.#last = at;
      if (at < kept + step) continue;
      if (this.#waiting.length > 0 && at > this.#groupEnd - SAME) this.#look();
      if (this.#waiting.length === 0) this.#groupEnd = this.#nextEnd(at);
      this.#waiting.push({ time: at, pixels: rgb.slice(i * length, (i + 1) * length) });
      if (this.#waiting.length === DETECT_EVERY) this.#look();
    }
  }

  /** What was seen between two times; undefined before the first frame. */
  cut(start: number, end: number): Sight | undefined {
    if (!this.#size) return undefined;
    if (this.#waiting.length > 0 && this.#waiting[0].time < end - SAME) this.#look();
    const within = (time: number) => time >= start - SAME && time < end - SAME;
    const seen = this.#seen.filter(({ time }) => within(time));
    const { featureSize } = this.#watcher;
    const rows = new Float32Array(seen.length * featureSize);
    seen.forEach(({ row }, i) => rows.set(row, i * featureSize));
    return {
      ...{ rows, n: seen.length, fps: this.#rate(seen) },
      face: this.#faces.some(({ time }) => within(time)),
    };
  }

  /** Forgets what lies before `time`. */
  forget(time: number): void {
    this.#seen = this.#seen.filter((frame) => frame.time >= time - SAME);
    this.#faces = this.#faces.filter((face) => face.time > time - this.#keepSeconds);
  }

  /** Looks at the frames that wait. */
  #look(): void {
    const { height, width } = this.#size!;
    const n = this.#waiting.length;
    const length = height * width * 3;
    const pixels = new Uint8Array(n * length);
    this.#waiting.forEach((frame, i) => pixels.set(frame.pixels, i * length));
    const [{ time }] = this.#waiting;
    const recent = this.#faces.filter((face) => face.time > time - this.#keepSeconds);
    const { rows, face } = this.#watcher.lookAtGroup(
      pixels,
      { n, height, width },
      recent.map(({ box }) => box),
    );
    if (face) this.#faces.push({ time, box: face });
    const { featureSize } = this.#watcher;
    this.#waiting.forEach((frame, i) => {
      const row = rows.slice(i * featureSize, (i + 1) * featureSize);
      this.#seen.push({ time: frame.time, row });
    });
    this.#waiting = [];
  }

  /** Frames a second as the times show them; the stated rate where it is nearly that. */
  #rate(seen: readonly SeenFrame[]): number {
    const stated = Math.min(this.#fps, this.#watcher.fps);
    if (seen.length < 2) return stated;
    const real = (seen.length - 1) / (seen.at(-1)!.time - seen[0].time);
    return Math.abs(real / stated - 1) <= TOLERANCE ? stated : real;
  }
}
