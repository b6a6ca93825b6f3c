import type { FaceDetection } from "../../models/face_detector.ts";
import type { WasmSource } from "../nn/wasm_source.ts";
import type { ClipInput, FrameInput } from "./clip_input.ts";
import type { Enrolment } from "./enrol/enrolment.ts";
import type { ModelCard } from "./bundle/model_card.ts";
import type { Prediction, TimedPrediction } from "./prediction.ts";
import type { PictureShape } from "./picture_shape.ts";

/** How a clip is recognised. */
export interface PredictionOptions {
  /**
   * The label is `uncertain` where the highest probability is below this: 0 to 1, 0 for never. Probabilities stay as
   * they are.
   *
   * @default {what the recogniser was loaded with, else the card's, else 0}
   */
  readonly minConfidence?: number;
  /**
   * What is known of the person in it, from {@linkcode Recognizer.enrol}.
   *
   * @default {a stranger}
   */
  readonly enrolment?: Enrolment;
}

/** Where a recogniser finds its WebAssembly, and how sure it has to be. */
export interface RecognizerOptions extends Pick<PredictionOptions, "minConfidence"> {
  /**
   * The DSP core, for bundles that listen.
   *
   * @default {`build/dsp.relaxed.wasm` where the engine has relaxed SIMD, else `build/dsp.wasm`}
   */
  readonly dsp?: WasmSource;
  /**
   * Emofuse's kernels, for bundles with a network.
   *
   * @default {`build/kernels.relaxed.wasm` where the engine has relaxed SIMD, else `build/kernels.wasm`}
   */
  readonly kernels?: WasmSource;
  /**
   * tfjs's own WebAssembly with SIMD and without threads, for bundles with a network.
   *
   * @default {`tfjs-backend-wasm-simd.wasm` of the npm package @tensorflow/tfjs-backend-wasm}
   */
  readonly tfjs?: WasmSource;
}

/** Settings of a stream. */
export interface StreamOptions extends PredictionOptions {
  /**
   * Length of the sliding window, in seconds: 0.5 to 60.
   *
   * @default {the card's window}
   */
  readonly windowSeconds?: number;
  /**
   * Time between the starts of two windows, in seconds: 0.02 to 60.
   *
   * @default {0.5}
   */
  readonly hopSeconds?: number;
  /**
   * Why a modality is missing: predictions say it.
   *
   * @default {that there is none}
   */
  readonly missing?: ClipInput["missing"];
}

/** A piece of a recording as it arrives. */
export interface StreamChunk {
  /** Time of the first sample and of the first frame, in seconds. */
  readonly time: number;
  /** Mono samples. */
  readonly samples?: Float32Array;
  /** Samples a second, in Hz: the same in every chunk. */
  readonly sampleRate?: number;
  /** Frames, of the same size and rate in every chunk. */
  readonly frames?: FrameInput;
}

/** What the last look for faces in a stream found. */
export interface SeenFaces {
  /** When it was, in seconds. */
  readonly time: number;
  /** The faces, in pixels of the picture. */
  readonly faces: readonly FaceDetection[];
  /** The one of them that is judged; undefined where it does not show. */
  readonly judged: FaceDetection | undefined;
}

/** Predictions over a sliding window while a recording arrives. */
export interface RecognizerStream {
  /**
   * Takes a chunk and gives the predictions that became due.
   *
   * @throws {InputError} If the chunk is not usable; the stream goes on without it.
   */
  push(chunk: StreamChunk): TimedPrediction[];

  /** Gives what is left: a last, shorter window where no whole one ends with the recording. */
  end(): TimedPrediction[];

  /** What the last look for faces found; undefined before the first. */
  seen(): SeenFaces | undefined;

  /** The predictions of a whole source, then of its end. */
  from(source: AsyncIterable<StreamChunk>): AsyncGenerator<TimedPrediction>;

  /** Forgets what was pushed; the stream cannot be used afterwards. */
  dispose(): void;
}

/** A clip whose frames arrive in pieces. */
export interface ClipPieces {
  /**
   * Takes the next frames, RGB [n, height, width, 3] from 0 to 255, and looks at the windows that became whole.
   *
   * @throws {InputError} If they are not whole frames.
   */
  push(frames: Uint8Array): void;

  /**
   * The prediction, once all frames were pushed.
   *
   * @param rest The clip's sound, and what should be known of it.
   * @throws {InputError} If the sound is not valid, or no modality of the model can be used.
   */
  predict(rest?: Omit<ClipInput, "frames" | "embeddings">): Prediction;

  /**
   * What the clip says of the person in it, once all frames were pushed.
   *
   * @param rest The clip's sound.
   * @param former What is known of the same person already.
   * @throws {InputError} If the sound or the former enrolment is not valid, or nothing can be used.
   */
  enrol(rest?: Omit<ClipInput, "frames" | "embeddings">, former?: Enrolment): Enrolment;
}

/** A model that was loaded from a bundle. */
export interface Recognizer {
  /** What the model is, what it was trained on, how well it does and what it must not be used for. */
  readonly card: ModelCard;

  /**
   * Recognises a clip. One that is longer than the card's window is predicted as the mean of windows
   * of that length, one after the other and a last one that ends with it. A modality that is silent, faceless or too
   * short is left out.
   *
   * @throws {InputError} If the clip or an option is not valid, or no modality of the model can be used.
   */
  predict(clip: ClipInput, options?: PredictionOptions): Prediction;

  /**
   * Recognises a clip whose frames arrive in pieces: what {@linkcode Recognizer.predict} gives of all of them, in
   * the memory of a few windows. A film of ten minutes needs no more than one of ten seconds.
   *
   * @param shape Size and rate of the frames.
   * @throws {InputError} If the rate is above the card's, or an option is not valid.
   */
  pieces(shape: PictureShape, options?: PredictionOptions): ClipPieces;

  /**
   * Gets to know a person by recordings without labels: what is particular to the voice or face is taken from clips
   * that are then predicted with this `enrolment`. A clip that is longer than the card's window counts as several, a
   * modality that is silent, faceless or too short does not count. A few clips in different moods say more than many
   * in the same.
   *
   * @param clips They are of one person.
   * @param former What is known of the same person already.
   * @throws {InputError} If a clip or the former enrolment is not valid, or nothing can be used.
   */
  enrol(clips: Iterable<ClipInput>, former?: Enrolment): Enrolment;

  /**
   * Checks what was read, such as from a file, and gives it as an enrolment.
   *
   * @throws {InputError} If it is none, of another version or bundle, or its numbers are impossible.
   */
  checkEnrolment(value: unknown): Enrolment;

  /**
   * Starts recognising a recording that arrives in pieces.
   *
   * @throws {InputError} If an option is out of range.
   */
  stream(options?: StreamOptions): RecognizerStream;

  /**
   * Finds the faces of a picture, RGB [height, width, 3] from 0 to 255, the surest first, with the network by which
   * the model finds them.
   *
   * @throws {InputError} If the model does not look at pictures, or was loaded without its networks.
   * @throws {RangeError} If `picture` does not hold `height * width * 3` values.
   */
  findFaces(picture: Uint8Array, height: number, width: number): FaceDetection[];

  /** Frees the model. Predictions afterwards throw. */
  dispose(): void;
}
