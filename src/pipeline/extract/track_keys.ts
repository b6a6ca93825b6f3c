import type { BackboneInfo } from "../../../models/backbone.ts";
import type { Clip } from "../../corpus/clip.ts";
import { fileOf } from "../../corpus/span.ts";
import type { Decoder } from "../../media/decoder.ts";
import { MediaError } from "../../media/media_error.ts";
import { faceDetectorHash } from "../../vision/load_face_detector.ts";
import { PICTURE_SIZES } from "../../vision/picture_size.ts";
import type { RunConfig } from "../config.ts";
import { sha256OfFile } from "./sha256_of_file.ts";
import type { StageKey } from "./store.ts";

/** The two things that are taken from clips. */
export type Track = "sound" | "picture";

/** Both of them. */
export const TRACKS: readonly Track[] = ["sound", "picture"];

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
    const { seconds, fps, sampleRate, crop, frameStep, frameFill, kernels } = this.#config;
    const { decoder: { name, version }, backbone } = this.#tools;
    const hash = await this.#hashOf(clip);
    const decoder = `${name} ${version}`;
    // Only of parts: entries of whole files keep the key that they have always had.
    const span: StageKey["settings"] = clip.span
      ? { start: clip.span.start, end: clip.span.end ?? "" }
      : {};
    return {
      sound: { stage: "sound/2", clip: hash, settings: { seconds, sampleRate, decoder, ...span } },
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
