import type { FrameShape } from "../../../models/backbone.ts";
import type { FaceDetection } from "../../../models/face_detector.ts";
import { rgbFrames } from "../../recognize/check_input.ts";
import type { FrameInput } from "../../recognize/clip_input.ts";
import type { TimedPrediction } from "../../recognize/prediction.ts";
import type {
  Recognizer,
  RecognizerStream,
  StreamChunk,
  StreamOptions,
} from "../../recognize/recognizer.ts";
import type { FaceTrack } from "../../vision/faces/follow_faces.ts";
import { LOOKS } from "./find_faces.ts";
import { followedSquare } from "./followed_square.ts";
import { showFace } from "./show_face.ts";
import { WHOSE_FACE, WHOSE_VOICE } from "./whose.ts";

/** A face that is followed, and its number, from 1 on. */
export interface NumberedFace {
  /** Its number. */
  readonly number: number;
  /** Where it was seen. */
  readonly track: FaceTrack;
}

/** Which faces there are at a time, in seconds since the first frame, in a picture [height, width, 3]. */
export type FacesAt = (
  time: number,
  picture: Uint8Array,
  shape: Pick<FrameShape, "height" | "width">,
) => readonly NumberedFace[];

/** What is said of one of several faces, or, without its number, of the voice. */
export interface FacePrediction extends TimedPrediction {
  /** Which face it is of, from 1 on. */
  readonly faceNumber?: number;
}

/** The faces that were followed last. */
export interface FollowedNow {
  /** When that was, in seconds; -Infinity before the first picture. */
  readonly time: number;
  /** Where each is, in pixels of the picture, and its number. */
  readonly faces: readonly { readonly face: FaceDetection; readonly faceNumber: number }[];
}

/** A face's own stream. */
interface FaceStream extends NumberedFace {
  readonly stream: RecognizerStream;
}

/**
 * Recognises each of several faces of a recording that arrives in pieces by itself, as {@linkcode predictFaces} does
 * of a film: what the model is shown is cut out about the face, and each face has a sliding window of its own. Whose
 * voice is heard is not known, so that each goes by the face alone, and the voice by itself.
 */
export class FaceStreams {
  readonly #recognizer: Recognizer;
  readonly #facesAt: FacesAt;
  readonly #options: StreamOptions;
  readonly #voice: RecognizerStream | undefined;
  #faces: FaceStream[] = [];
  #origin: number | undefined;
  #seen: FollowedNow = { time: -Infinity, faces: [] };

  /**
   * Begins a recording.
   *
   * @param facesAt Tells whom to follow.
   * @throws {InputError} If an option is out of range.
   */
  constructor(recognizer: Recognizer, facesAt: FacesAt, options: StreamOptions = {}) {
    this.#recognizer = recognizer;
    this.#facesAt = facesAt;
    this.#options = options;
    this.#voice = recognizer.card.audio &&
      recognizer.stream({ ...options, missing: { video: WHOSE_FACE } });
  }

  /** The faces of the last picture. */
  get seen(): FollowedNow {
    return this.#seen;
  }

  /**
   * Takes a chunk and gives the predictions that became due.
   *
   * @throws {InputError} If the chunk is not usable; the stream goes on without it.
   */
  push({ time, samples, sampleRate, frames }: StreamChunk): FacePrediction[] {
    const heard = samples ? this.#voice?.push({ time, samples, sampleRate }) ?? [] : [];
    return [...heard, ...(frames ? this.#look(time, frames) : [])];
  }

  /** Gives what is left. */
  end(): FacePrediction[] {
    const rest = this.#voice?.end() ?? [];
    return [...rest, ...this.#faces.splice(0).flatMap(ended)];
  }

  /** Forgets what was pushed. */
  dispose(): void {
    this.#voice?.dispose();
    for (const { stream } of this.#faces.splice(0)) stream.dispose();
  }

  #look(time: number, frames: FrameInput): FacePrediction[] {
    const { n, height, width, fps } = frames;
    const rgb = rgbFrames(frames);
    this.#origin ??= time;
    const out: FacePrediction[] = [];
    for (let i = 0; i < n; i++) {
      const picture = rgb.subarray(i * height * width * 3, (i + 1) * height * width * 3);
      const at = time + i / fps;
      const now = this.#facesAt(at - this.#origin, picture, { height, width });
      out.push(...this.#keep(now));
      const faces = now.map(({ number, track }) => ({
        face: nearest(track, at - this.#origin!),
        faceNumber: number,
      }));
      this.#seen = { time: at, faces };
      for (const one of this.#faces) out.push(...this.#show(one, at, picture, frames));
    }
    return out;
  }

  /** Ends the streams of faces that have gone, and begins those of new ones. */
  #keep(now: readonly NumberedFace[]): FacePrediction[] {
    const isThere = (one: NumberedFace) => now.some(({ number }) => number === one.number);
    const gone = this.#faces.filter((one) => !isThere(one));
    const known = this.#faces.filter(isThere);
    const fresh = now.filter(({ number }) => known.every((one) => one.number !== number));
    const missing = this.#recognizer.card.audio ? { audio: WHOSE_VOICE } : {};
    this.#faces = [
      ...known,
      ...fresh.map((one) => ({
        ...one,
        stream: this.#recognizer.stream({ ...this.#options, missing }),
      })),
    ];
    return gone.flatMap(ended);
  }

  #show(
    { number, track, stream }: FaceStream,
    time: number,
    picture: Uint8Array,
    { height, width, fps }: FrameInput,
  ): FacePrediction[] {
    const { video } = this.#recognizer.card;
    const box = followedSquare(track, time - this.#origin!, { height, width });
    const shown = showFace(video!, picture, { height, width }, box);
    return stream.push({ time, frames: { ...shown, n: 1, fps } })
      .map((prediction) => ({ ...prediction, faceNumber: number }));
  }
}

/** What is left of a face's stream. */
function ended({ number, stream }: FaceStream): FacePrediction[] {
  const rest = stream.end().map((prediction) => ({ ...prediction, faceNumber: number }));
  stream.dispose();
  return rest;
}

/** Where a face is about a time: as in the look that is nearest. */
function nearest(track: FaceTrack, time: number): FaceDetection {
  const distance = ({ look }: FaceTrack[number]) => Math.abs(look - time * LOOKS);
  return track.reduce((best, found) => distance(found) < distance(best) ? found : best).face;
}
