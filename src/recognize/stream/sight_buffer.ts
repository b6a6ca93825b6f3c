import { chooseFaces } from "../../vision/faces/choose_faces.ts";
import { reportFaces } from "../../vision/faces/face_report.ts";
import { LOOK_SECONDS } from "../../vision/faces/look_frames.ts";
import { nearestCounted } from "../../vision/faces/nearest_counted.ts";
import type { PostureWatch } from "../../vision/faces/posture_watch.ts";
import { rgbFrames } from "../check_input.ts";
import type { FrameInput } from "../clip_input.ts";
import { InputError } from "../input_error.ts";
import type { SeenFaces } from "../recognizer.ts";
import type { GroupSight, Sight, Watcher } from "../watcher.ts";

/** Frames may be nearer together than the model's by this part before some are left out. */
const TOLERANCE = 0.05;

/** Times that differ by less are the same, in seconds. */
const SAME = 1e-6;

/** A frame that waits for its group. */
interface WaitingFrame {
  readonly time: number;
  readonly pixels: Uint8Array;
}

/** Frames that were looked at together. */
interface SeenGroup extends GroupSight {
  /** Time of each frame, in seconds. */
  readonly times: readonly number[];
}

/**
 * What was seen in a stream, from the start of the next window on. Every frame is looked at once, in
 * groups that last from one look for faces to the next (shorter where a window ends), so that the result
 * does not depend on how the recording was cut into chunks. The looks of the last `keepSeconds` tell
 * whose face is judged, and steady the crop.
 */
export class SightBuffer {
  readonly #watcher: Watcher;
  readonly #keepSeconds: number;
  /** The end of the window in which a time lies: a group never reaches beyond it. */
  readonly #nextEnd: (time: number) => number;
  readonly #posture: PostureWatch | undefined;
  #size: Pick<FrameInput, "height" | "width"> | undefined;
  #fps = 0;
  #waiting: WaitingFrame[] = [];
  #groupEnd = 0;
  /** Looks are due every so many seconds from here on, up to the end of a window. */
  #looksFrom = -Infinity;
  #looksTo = -Infinity;
  #groups: SeenGroup[] = [];
  #last = -Infinity;

  /** Looks with `watcher`; `nextEnd` gives the first end of a window after a time. */
  constructor(watcher: Watcher, keepSeconds: number, nextEnd: (time: number) => number) {
    this.#watcher = watcher;
    this.#keepSeconds = keepSeconds;
    this.#nextEnd = nextEnd;
    this.#posture = watcher.watchPosture();
  }

  /** The time that the picture has reached, in seconds; undefined before the first frame. */
  get reach(): number | undefined {
    return this.#last === -Infinity ? undefined : this.#last + 1 / this.#fps;
  }

  /** What the last look found; undefined before the first. */
  get seen(): SeenFaces | undefined {
    const last = this.#groups.at(-1);
    return last && { time: last.times[0], faces: last.faces, judged: last.judged };
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
      const kept = this.#waiting.at(-1)?.time ?? this.#groups.at(-1)?.times.at(-1) ?? -Infinity;
      this.#last = at;
      if (at < kept + step) continue;
      if (this.#waiting.length > 0 && at > this.#groupEnd - SAME) this.#look();
      if (this.#waiting.length === 0) this.#groupEnd = this.#endOfGroup(at);
      this.#waiting.push({ time: at, pixels: rgb.slice(i * length, (i + 1) * length) });
    }
  }

  /** What was seen between two times; undefined before the first frame. */
  cut(start: number, end: number): Sight | undefined {
    if (!this.#size) return undefined;
    if (this.#waiting.length > 0 && this.#waiting[0].time < end - SAME) this.#look();
    const within = (time: number) => time >= start - SAME && time < end - SAME;
    const groups = this.#groups.filter(({ times }) => times.some(within));
    const faces = groups.map((group) => group.faces);
    // By all looks of the window another face may be judged than by those before a look.
    const judged = chooseFaces(faces);
    const shows = groups.map((group, look) => judged[look] && group.judged === judged[look]);
    const any = shows.some(Boolean);
    const { featureSize, needsFace } = this.#watcher;
    const frames = groups.flatMap(({ times, rows }, look) =>
      times.map((time, i) => ({
        time,
        counts: !needsFace || !any || shows[look],
        row: rows.subarray(i * featureSize, (i + 1) * featureSize),
      }))
    ).filter(({ time }) => within(time));
    const counts = Uint8Array.from(frames, ({ counts }) => counts ? 1 : 0);
    const rows = new Float32Array(frames.length * featureSize);
    nearestCounted(counts).forEach((source, i) => rows.set(frames[source].row, i * featureSize));
    const postures = this.#posture &&
      groups.map(({ posture }, look) => shows[look] ? posture : undefined);
    return {
      rows,
      counts,
      n: frames.length,
      fps: this.#rate(frames.map(({ time }) => time)),
      report: reportFaces({ faces, judged, postures }),
    };
  }

  /** Forgets what lies before `time`. */
  forget(time: number): void {
    const oldest = time - this.#keepSeconds;
    this.#groups = this.#groups.filter(({ times }) => times.at(-1)! >= oldest - SAME);
  }

  /** Where the group ends that begins at `time`: with the next look, or the next window. */
  #endOfGroup(time: number): number {
    if (time > this.#looksTo - SAME) {
      this.#looksFrom = this.#looksTo === -Infinity ? time : this.#looksTo;
      this.#looksTo = this.#nextEnd(time);
    }
    const looks = Math.floor((time - this.#looksFrom + SAME) / LOOK_SECONDS) + 1;
    return Math.min(this.#looksFrom + looks * LOOK_SECONDS, this.#looksTo);
  }

  /** Looks at the frames that wait. */
  #look(): void {
    const { height, width } = this.#size!;
    const n = this.#waiting.length;
    const length = height * width * 3;
    const pixels = new Uint8Array(n * length);
    this.#waiting.forEach((frame, i) => pixels.set(frame.pixels, i * length));
    const times = this.#waiting.map(({ time }) => time);
    const past = this.#groups
      .filter((group) => group.times[0] > times[0] - this.#keepSeconds)
      .map(({ faces }) => faces);
    const shape = { n, height, width };
    const seen = this.#watcher.lookAtGroup(times[0], pixels, shape, past, this.#posture);
    this.#groups.push({ times, ...seen });
    this.#waiting = [];
  }

  /** Frames a second as the times show them; the stated rate where it is nearly that. */
  #rate(times: readonly number[]): number {
    const stated = Math.min(this.#fps, this.#watcher.fps);
    if (times.length < 2) return stated;
    const real = (times.length - 1) / (times.at(-1)! - times[0]);
    return Math.abs(real / stated - 1) <= TOLERANCE ? stated : real;
  }
}
