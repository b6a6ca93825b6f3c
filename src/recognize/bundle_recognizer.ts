import type { FrameShape } from "../../models/backbone.ts";
import type { FaceDetection } from "../../models/face_detector.ts";
import type { LandmarkTrack } from "../vision/landmarks/landmark_track.ts";
import { checkEmbeddings, checkLandmarks, checkSound, rgbFrames } from "./check_input.ts";
import type { ClipInput } from "./clip_input.ts";
import { cutTrack, trackEnd } from "./cut_track.ts";
import { type HeardSound, hearSound } from "./hear_sound.ts";
import { InputError } from "./input_error.ts";
import { conclude, judgeWindow, type Senses, type WindowContent } from "./judge.ts";
import { Enroller } from "./enrol/enroller.ts";
import type { Speaker } from "./enrol/speaker.ts";
import type { Enrolment } from "./enrol/enrolment.ts";
import type { ReadBundle } from "./bundle/bundle.ts";
import type { ModelCard } from "./bundle/model_card.ts";
import type { Prediction } from "./prediction.ts";
import type {
  ClipPieces,
  PredictionOptions,
  Recognizer,
  RecognizerStream,
  StreamOptions,
} from "./recognizer.ts";
import { checkMinConfidence } from "./sure/uncertain.ts";
import { SlidingStream } from "./stream/sliding_stream.ts";
import { thinFrames } from "./thin_frames.ts";
import type { PictureShape } from "./picture_shape.ts";
import { SightPieces } from "./stream/sight_pieces.ts";
import type { Sight } from "./watcher.ts";
import { coverWithWindows, framesOf, type TimeWindow } from "./windows.ts";

/** A clip's picture, of which windows can be looked at. */
interface Picture {
  /** Length in seconds. */
  readonly seconds: number;
  /** Looks at a window. */
  look(window: TimeWindow): Sight;
}

/** What of a clip the model can sense. */
interface Senseable {
  readonly sound?: HeardSound;
  readonly picture?: Picture;
  readonly track?: LandmarkTrack;
}

/** What {@linkcode PredictionOptions} come down to. */
interface Settings {
  readonly minConfidence: number;
  readonly speaker: Speaker;
}

function needContent({ samples, frames, embeddings, landmarks }: ClipInput): void {
  if (!samples && !frames && !embeddings && !landmarks) {
    throw new InputError(
      "there is nothing to recognise; allowed: samples, frames, embeddings or landmarks",
    );
  }
}

/** The recogniser of a bundle. */
export class BundleRecognizer implements Recognizer {
  /** What the model is. */
  readonly card: ModelCard;
  readonly #senses: Senses;
  readonly #minConfidence: number;
  readonly #enroller: Enroller;
  #disposed = false;

  /**
   * Takes the senses over: disposing the recogniser disposes them.
   *
   * @param minConfidence How sure it has to be; default: what the card states.
   * @throws {InputError} If that is not a share.
   */
  constructor(
    { card, sha256 }: Pick<ReadBundle, "card" | "sha256">,
    senses: Senses,
    minConfidence = card.minConfidence,
  ) {
    this.card = card;
    this.#enroller = new Enroller(sha256, senses);
    this.#minConfidence = checkMinConfidence(minConfidence, card.labels);
    this.#senses = senses;
  }

  /** Recognises a clip. */
  predict(clip: ClipInput, options: PredictionOptions = {}): Prediction {
    this.#needAlive();
    const how = this.#settings(options);
    needContent(clip);
    return this.#predict(clip, this.#picture(clip), how);
  }

  /** Gets to know a person. */
  enrol(clips: Iterable<ClipInput>, former?: Enrolment): Enrolment {
    this.#needAlive();
    return this.#enroller.enrol(this.#windowsOf(clips), former);
  }

  /** Checks what is said to be an enrolment. */
  checkEnrolment(value: unknown): Enrolment {
    return this.#enroller.check(value);
  }

  /** Recognises a clip whose frames arrive in pieces. */
  pieces(shape: PictureShape, options: PredictionOptions = {}): ClipPieces {
    this.#needAlive();
    const how = this.#settings(options);
    const { watcher } = this.#senses;
    const seen = watcher && new SightPieces(watcher, shape, this.card.windowSeconds);
    return {
      push: (frames) => {
        this.#needAlive();
        seen?.push(frames);
      },
      predict: (clip = {}) => {
        this.#needAlive();
        return this.#predict(clip, seen, how);
      },
      enrol: (clip = {}, former) => {
        this.#needAlive();
        return this.#enroller.enrol(this.#windows(this.#senseable(clip, seen)), former);
      },
    };
  }

  /** Judges the windows of a clip's sound and of its picture, and concludes. */
  #predict(
    clip: ClipInput,
    picture: Picture | undefined,
    { minConfidence, speaker }: Settings,
  ): Prediction {
    const content = this.#senseable(clip, picture);
    const verdicts = Array.from(
      this.#windows(content),
      (window) => judgeWindow(this.#senses, window, speaker),
    );
    const prediction = conclude(this.#senses, verdicts, {
      warnings: [...clip.warnings ?? [], ...content.sound?.warnings ?? []],
      missing: clip.missing,
      minConfidence,
    });
    if (prediction.used.length === 0) throw new InputError(prediction.fallback);
    return prediction;
  }

  /** What the windows of several clips hold. */
  *#windowsOf(clips: Iterable<ClipInput>): Generator<WindowContent> {
    for (const clip of clips) {
      needContent(clip);
      yield* this.#windows(this.#senseable(clip, this.#picture(clip)));
    }
  }

  /** What the windows of a clip hold, each looked at when it is asked for. */
  *#windows({ sound, picture, track }: Senseable): Generator<WindowContent> {
    const duration = Math.max(
      sound?.seconds ?? 0,
      picture?.seconds ?? 0,
      track ? trackEnd(track) : 0,
    );
    for (const window of coverWithWindows(duration, this.card.windowSeconds)) {
      yield {
        sound: sound?.cut(window),
        sight: picture?.look(window),
        track: track && cutTrack(track, window),
      };
    }
  }

  /** What of a clip the model can sense. */
  #senseable(clip: ClipInput, picture: Picture | undefined): Senseable {
    return { sound: this.#sound(clip), picture, track: this.#track(clip) };
  }

  /** Starts recognising a recording that arrives in pieces. */
  stream(options: StreamOptions = {}): RecognizerStream {
    this.#needAlive();
    const { windowSeconds = this.card.windowSeconds, hopSeconds = 0.5 } = options;
    return new SlidingStream(
      this.#senses,
      { windowSeconds, hopSeconds, missing: options.missing, ...this.#settings(options) },
      () => this.#needAlive(),
    );
  }

  /** Finds the faces of a picture. */
  findFaces(picture: Uint8Array, height: number, width: number): FaceDetection[] {
    this.#needAlive();
    const { watcher } = this.#senses;
    if (!watcher) throw new InputError("this model does not look at pictures");
    return watcher.findFaces(picture, height, width);
  }

  /** Frees the model. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#senses.listener?.dispose();
    this.#senses.watcher?.dispose();
    this.#senses.tracker?.dispose();
  }

  #settings({ minConfidence = this.#minConfidence, enrolment }: PredictionOptions): Settings {
    return {
      minConfidence: checkMinConfidence(minConfidence, this.card.labels),
      speaker: this.#enroller.speaker(enrolment),
    };
  }

  #needAlive(): void {
    if (this.#disposed) throw new InputError("this recogniser was disposed: load the bundle again");
  }

  #sound({ samples, sampleRate }: ClipInput): HeardSound | undefined {
    if (!samples) return undefined;
    checkSound(samples, sampleRate);
    const { listener } = this.#senses;
    return listener && hearSound(listener, samples, sampleRate);
  }

  #track({ landmarks }: ClipInput): LandmarkTrack | undefined {
    if (!landmarks) return undefined;
    if (!this.#senses.tracker) {
      throw new InputError("the model does not go by landmark files: it takes no landmarks");
    }
    return checkLandmarks(landmarks);
  }

  #picture({ frames, embeddings }: ClipInput): Picture | undefined {
    const { watcher } = this.#senses;
    if (frames && embeddings) {
      throw new InputError("there are frames and embeddings; allowed: one of the two");
    }
    if (frames) {
      const rgb = rgbFrames(frames);
      if (!watcher) return undefined;
      const { pixels, shape, fps } = thinFrames(rgb, frames, watcher.fps);
      const length = shape.height * shape.width * 3;
      return {
        seconds: shape.n / fps,
        look: (window) => {
          const [from, to] = framesOf(window, fps, shape.n);
          const part: FrameShape = { ...shape, n: to - from };
          return watcher.look(pixels.subarray(from * length, to * length), part, fps);
        },
      };
    }
    if (!embeddings || !watcher) return undefined;
    const { featureSize } = watcher;
    checkEmbeddings(embeddings, featureSize);
    const { data, n, fps } = embeddings;
    return {
      seconds: n / fps,
      look: (window) => {
        const [from, to] = framesOf(window, fps, n);
        const rows = data.subarray(from * featureSize, to * featureSize);
        return { rows, counts: new Uint8Array(to - from).fill(1), n: to - from, fps };
      },
    };
  }
}
