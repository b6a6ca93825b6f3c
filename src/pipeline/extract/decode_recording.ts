import { isSilent } from "../../audio/is_silent.ts";
import type { ClipSpan } from "../../corpus/clip.ts";
import { SPAN_TOLERANCE, whyBeyond } from "../../corpus/span.ts";
import type { Decoder } from "../../media/decoder.ts";
import { PICTURE_SIZES, pictureSize } from "../../vision/picture_size.ts";
import type { RunConfig } from "../config.ts";

/** The sound of a part of a recording. */
export interface PartSound {
  /** The samples, mono, cut to the window but not padded. */
  readonly samples: Float32Array;
  /** Whether they are silence. */
  readonly silent: boolean;
  /** What should be known of the recording although it is used. */
  readonly warnings: readonly string[];
}

/** The picture of a part of a recording. */
export interface PartPicture {
  /** The frames [frameCount, height, width, 3], cut to the window but not padded. */
  readonly frames: Uint8Array;
  /** Number of frames. */
  readonly frameCount: number;
  /** Width of the frames in pixels. */
  readonly width: number;
  /** Height of the frames in pixels. */
  readonly height: number;
}

/** A part of a recording, and who takes what is in it. */
export interface RecordingPart {
  /** The part. */
  readonly span: ClipSpan;
  /** Takes its sound; left out where that is not wanted. */
  readonly onSound?: (sound: PartSound) => void | Promise<void>;
  /** Takes its picture, called while later frames wait; left out where that is not wanted. */
  readonly onPicture?: (picture: PartPicture) => void | Promise<void>;
  /** Told why sound or picture cannot be had. */
  readonly onProblem: (track: "sound" | "picture", reason: string) => void;
}

/** Frames of a part that are being gathered. */
interface Gathering {
  readonly part: RecordingPart;
  /** Numbers of its first frame, of the one after its last, and of the one that must be there for its end. */
  readonly first: number;
  readonly after: number;
  readonly lasts: number;
  readonly kept: Uint8Array[];
  count: number;
  done: boolean;
}

/**
 * Decodes a long recording once and hands out its parts: the sound exact to the sample of the recording as it is
 * resampled whole, the picture to the frame of the recording at the run's rate. Of each part the first `seconds` are
 * taken. A part that ends beyond the end of a track has nothing of it.
 *
 * @throws {MediaError} If nothing of the recording can be decoded.
 * @throws {RangeError} If a part ends later than the decoder allows.
 */
export async function decodeRecording(
  decoder: Decoder,
  path: string,
  parts: readonly RecordingPart[],
  { seconds, fps, sampleRate, crop }: Pick<RunConfig, "seconds" | "fps" | "sampleRate" | "crop">,
): Promise<void> {
  const until = Math.max(...parts.map(({ span: { start, end } }) => end ?? start + seconds));
  const sound = parts.filter(({ onSound }) => onSound);
  const gathered = new PartFrames(parts.filter(({ onPicture }) => onPicture), { seconds, fps });
  const use = { crop, ...PICTURE_SIZES[crop] };
  let size = PICTURE_SIZES[crop];
  const decoded = await decoder.decode(path, ({ picture }) => {
    if (picture) size = pictureSize(use, picture);
    return {
      seconds: until,
      fps,
      sampleRate,
      ...size,
      partial: true,
      sound: sound.length > 0,
      picture: gathered.wanted,
      onFrames: (frames, count) => gathered.push(frames, count, size),
    };
  });
  for (const part of sound) {
    const reason = decoded.problems.sound?.reason ??
      whyBeyond(part.span, decoded.samples.length / sampleRate, "sound");
    if (reason !== undefined) {
      part.onProblem("sound", reason);
      continue;
    }
    const { start, end = Infinity } = part.span;
    const length = Math.min(end - start, seconds);
    const from = Math.round(start * sampleRate);
    const samples = decoded.samples.slice(from, from + Math.round(length * sampleRate));
    const silent = decoded.silent || isSilent(samples, sampleRate);
    await part.onSound!({ samples, silent, warnings: decoded.warnings });
  }
  await gathered.finish(decoded.problems.picture?.reason, size);
}

/** Sorts the frames of a recording, as they come, into the parts that they are of. */
class PartFrames {
  readonly #gathering: readonly Gathering[];
  readonly #fps: number;
  #at = 0;

  constructor(
    parts: readonly RecordingPart[],
    { seconds, fps }: { readonly seconds: number; readonly fps: number },
  ) {
    this.#fps = fps;
    this.#gathering = parts.map((part) => {
      const { start, end = Infinity } = part.span;
      const first = Math.round(start * fps);
      const after = first + Math.max(1, Math.round(Math.min(end - start, seconds) * fps));
      // Only when the recording has come to the end of the span is it known that the span is in it.
      const lasts = end === Infinity
        ? after
        : Math.max(after, Math.ceil((end - SPAN_TOLERANCE) * fps));
      return { part, first, after, lasts, kept: [], count: 0, done: false };
    });
  }

  /** Whether there is a part whose picture is wanted. */
  get wanted(): boolean {
    return this.#gathering.length > 0;
  }

  /** Takes the next frames; parts that are whole are handed on before more are decoded. */
  async push(
    frames: Uint8Array,
    count: number,
    size: { readonly width: number; readonly height: number },
  ): Promise<void> {
    const bytes = frames.length / count;
    const at = this.#at;
    this.#at += count;
    for (const part of this.#gathering) {
      const [from, to] = [Math.max(part.first, at), Math.min(part.after, at + count)];
      if (from < to) {
        part.kept.push(frames.slice((from - at) * bytes, (to - at) * bytes));
        part.count += to - from;
      }
      if (!part.done && this.#at >= part.lasts) await handOn(part, size);
    }
  }

  /** Hands on what the recording's end leaves open, or says what is missing. */
  async finish(
    problem: string | undefined,
    size: { readonly width: number; readonly height: number },
  ): Promise<void> {
    for (const part of this.#gathering.filter(({ done }) => !done)) {
      const reason = problem ?? whyBeyond(part.part.span, this.#at / this.#fps, "picture");
      if (reason !== undefined || part.count === 0) {
        part.part.onProblem("picture", reason ?? "the segment has no frame");
      } else await handOn(part, size);
    }
  }
}

async function handOn(
  gathering: Gathering,
  { width, height }: { readonly width: number; readonly height: number },
): Promise<void> {
  gathering.done = true;
  const frames = new Uint8Array(gathering.kept.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of gathering.kept.splice(0)) {
    frames.set(part, at);
    at += part.length;
  }
  await gathering.part.onPicture!({ frames, frameCount: gathering.count, width, height });
}
