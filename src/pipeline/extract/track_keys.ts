import type { BackboneInfo } from "../../../models/backbone.ts";
import type { Clip } from "../../corpus/clip.ts";
import { fileOf } from "../../corpus/span.ts";
import type { Decoder } from "../../media/decoder.ts";
import { MediaError } from "../../media/media_error.ts";
import { faceDetectorHash } from "../../vision/load_face_detector.ts";
import { PICTURE_SIZES } from "../../vision/picture_size.ts";
import type { Sample } from "../samples/samples.ts";
import type { RunConfig } from "../config.ts";
import { sha256OfFile } from "./sha256_of_file.ts";
import type { StageKey } from "../store/stage_key.ts";

/** What is taken from clips: the sound at the run's rate, the sound as a trained ear hears it, the picture. */
export type Track = "sound" | "speech" | "picture";

/** All of them. */
export const TRACKS: readonly Track[] = ["sound", "speech", "picture"];

/** The files that may give a track of a sample in this run, best first. */
export function filesOfTrack(
  sample: Pick<Sample, "sound" | "picture">,
  track: Track,
  { ear }: Pick<RunConfig, "ear">,
): readonly Clip[] {
  if (track === "speech") return ear ? sample.sound : [];
  return sample[track];
}

/** The rate at which a track's sound is kept, in Hz. */
export function rateOfTrack(
  track: "sound" | "speech",
  { sampleRate, ear }: Pick<RunConfig, "sampleRate" | "ear">,
): number {
  return track === "speech" && ear ? ear.sampleRate : sampleRate;
}

/** What decides the keys beside the clips and the settings. */
interface KeyTools {
  readonly decoder: Pick<Decoder, "name" | "version">;
  readonly backbone?: BackboneInfo;
}

/** The store keys of clips' tracks. Each file is read once for its hash, however many parts it has. */
export class TrackKeys {
  readonly #config: RunConfig;
  readonly #tools: KeyTools;
  readonly #weights: string;
  readonly #hashes = new Map<string, Promise<string>>();

  private constructor(config: RunConfig, tools: KeyTools, weights: string) {
    this.#config = config;
    this.#tools = tools;
    this.#weights = weights;
  }

  /** The keys of a run. */
  static async of(config: RunConfig, tools: KeyTools): Promise<TrackKeys> {
    return new TrackKeys(config, tools, await pictureWeights(config, tools));
  }

  /**
   * The keys of a clip's tracks; the number that ends a stage is that of its code.
   *
   * @throws {MediaError} If the file cannot be read.
   */
  async of(clip: Clip): Promise<Record<Track, StageKey>> {
    const { seconds, fps, crop, frameStep, frameFill, kernels } = this.#config;
    const { decoder: { name, version }, backbone } = this.#tools;
    const hash = await this.#hashOf(clip);
    const decoder = `${name} ${version}`;
    // Only of parts: entries of whole files keep the key that they have always had.
    const span: StageKey["settings"] = clip.span
      ? { start: clip.span.start, end: clip.span.end ?? "" }
      : {};
    const sound = (track: "sound" | "speech"): StageKey => {
      const sampleRate = rateOfTrack(track, this.#config);
      return { stage: "sound/2", clip: hash, settings: { seconds, sampleRate, decoder, ...span } };
    };
    return {
      sound: sound("sound"),
      speech: sound("speech"),
      picture: {
        stage: "picture/6",
        clip: hash,
        settings: {
          seconds,
          fps,
          ...PICTURE_SIZES[crop],
          crop,
          decoder,
          backbone: backbone?.name ?? "",
          kernels,
          // Only where it matters, for the same reason.
          ...(frameStep === 1 ? {} : { frameStep, frameFill }),
          ...span,
        },
        weights: this.#weights,
      },
    };
  }

  #hashOf(clip: Clip): Promise<string> {
    const known = this.#hashes.get(clip.path);
    if (known) return known;
    const hash = hashClip(clip);
    this.#hashes.set(clip.path, hash);
    return hash;
  }
}

/** Hashes of all weights that decide the embeddings. */
async function pictureWeights({ crop }: RunConfig, { backbone }: KeyTools): Promise<string> {
  if (!backbone) return "";
  return crop === "face"
    ? `${backbone.weightsHash},${await faceDetectorHash()}`
    : backbone.weightsHash;
}

async function hashClip(clip: Clip): Promise<string> {
  try {
    return await sha256OfFile(clip.path);
  } catch (error) {
    const why = error instanceof Error ? error.message : error;
    throw new MediaError(fileOf(clip), `cannot be read: ${why}`);
  }
}
