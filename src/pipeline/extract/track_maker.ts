import type { Clip } from "../../corpus/clip.ts";
import type { DecodedClip } from "../../media/decoder.ts";
import { MediaError } from "../../media/media_error.ts";
import { PICTURE_SIZES, pictureSize } from "../../vision/picture_size.ts";
import type { RunConfig } from "../config.ts";
import type { LandmarkFile } from "../samples/samples.ts";
import { decodeRecording, type RecordingPart } from "./decode_recording.ts";
import type { ExtractTools } from "./extract_tools.ts";
import type { ClipPartTracks, PartProblems } from "./parts_by_path.ts";
import { faceWarnings, pictureTensors } from "./picture_entry.ts";
import type { StageKey } from "../store/stage_key.ts";
import { rateOfTrack, type Track, type TrackKeys } from "./track_keys.ts";

/** The tracks that are decoded together. */
const BOTH = ["sound", "picture"] as const;

/** Makes the store's entries of clips' tracks: decodes, and embeds what is seen. */
export class TrackMaker {
  /** Recordings that are decoded or being decoded, by path: what could not be had of their parts. */
  readonly #recordings = new Map<string, Promise<PartProblems>>();

  /** `parts` are those of long recordings, by path; `skip` is told of what cannot be had. */
  constructor(
    readonly config: RunConfig,
    readonly tools: Pick<ExtractTools, "store" | "decoder" | "embedders">,
    readonly keys: TrackKeys,
    readonly parts: ReadonlyMap<string, readonly ClipPartTracks[]>,
    readonly skip: (file: LandmarkFile, why: { readonly reason: string }) => void,
  ) {}

  /**
   * Makes the entries of the `missing` tracks of a clip. Returns what failed.
   *
   * @throws {MediaError} If nothing of the clip can be used.
   */
  async make(
    clip: Clip,
    keys: Record<Track, StageKey>,
    missing: readonly Track[],
  ): Promise<Track[]> {
    return clip.span ? await this.#cut(clip) : await this.#compute(clip, keys, missing);
  }

  /**
   * Decodes the `missing` tracks, embeds the picture and writes the entries. Where one track fails the
   * other is taken alone: a clip without sound may still give its picture. Returns what failed.
   *
   * @throws {MediaError} If nothing of the clip can be used.
   */
  async #compute(
    clip: Clip,
    keys: Record<Track, StageKey>,
    missing: readonly Track[],
  ): Promise<Track[]> {
    const failed: Track[] = [];
    if (missing.includes("sound") || missing.includes("picture")) {
      failed.push(...await this.#computeBoth(clip, keys, missing));
    }
    if (!missing.includes("speech")) return failed;
    // Decoded at its own rate: numbers at the run's rate do not depend on whether an ear hears the clip too.
    return failed.includes("sound") || !await this.#computeSpeech(clip, keys.speech)
      ? [...failed, "speech"]
      : failed;
  }

  async #computeBoth(
    clip: Clip,
    keys: Record<Track, StageKey>,
    missing: readonly Track[],
  ): Promise<Track[]> {
    const { seconds, fps, sampleRate, crop } = this.config;
    const decoded = await this.tools.decoder.decode(clip.path, ({ picture }) => ({
      seconds,
      fps,
      sampleRate,
      partial: true,
      ...(picture ? pictureSize({ crop, ...PICTURE_SIZES[crop] }, picture) : PICTURE_SIZES[crop]),
      sound: missing.includes("sound"),
      picture: missing.includes("picture"),
    }));
    const failed = BOTH.filter((track) => decoded.problems[track]);
    for (const track of failed) this.skip(clip, decoded.problems[track]!);
    if (missing.includes("sound") && !failed.includes("sound")) {
      await this.#putSound(keys.sound, decoded);
    }
    if (missing.includes("picture") && !failed.includes("picture")) {
      try {
        await this.#putPicture(clip, keys.picture, decoded, missing.includes("sound"));
      } catch (error) {
        if (!(error instanceof MediaError)) throw error;
        this.skip(clip, error);
        failed.push("picture");
      }
    }
    return failed;
  }

  /** Decodes the sound for the ear and writes its entry; false where there is none. */
  async #computeSpeech(clip: Clip, key: StageKey): Promise<boolean> {
    const { seconds } = this.config;
    const decoded = await this.tools.decoder.decode(clip.path, {
      seconds,
      sampleRate: rateOfTrack("speech", this.config),
      picture: false,
      partial: true,
    });
    const problem = decoded.problems.sound;
    if (problem) this.skip(clip, problem);
    // What is to be said of the clip stands with its sound at the run's rate, which is always there too.
    else await this.#putSound(key, { ...decoded, warnings: [] });
    return !problem;
  }

  /** What fails of a part of a recording, whose parts are all taken when the first of them is needed. */
  async #cut({ path, file }: Clip): Promise<Track[]> {
    const known = this.#recordings.get(path);
    const recording = known ?? this.#cutAll(path);
    if (!known) this.#recordings.set(path, recording);
    const problems = (await recording).get(file) ?? new Map();
    for (const reason of new Set(problems.values())) this.skip({ path, file }, { reason });
    return [...problems.keys()];
  }

  /** Decodes a recording once for each rate and writes the entries of its parts that the store lacks. */
  async #cutAll(path: string): Promise<PartProblems> {
    const problems = new Map<string, Map<Track, string>>();
    await this.#cutTracks(path, BOTH, problems);
    if (this.config.ear) await this.#cutTracks(path, ["speech"], problems);
    return problems;
  }

  async #cutTracks(
    path: string,
    of: readonly Track[],
    problems: Map<string, Map<Track, string>>,
  ): Promise<void> {
    const parts: RecordingPart[] = [];
    const [heard] = of;
    for (const { clip, tracks } of this.parts.get(path) ?? []) {
      const keys = await this.keys.of(clip);
      const lacks = async (track: Track) =>
        of.includes(track) && tracks.has(track) && !await this.tools.store.has(keys[track]);
      const [sound, picture] = [await lacks(heard), await lacks("picture")];
      if (!sound && !picture) continue;
      const found = problems.get(clip.file) ?? new Map<Track, string>();
      problems.set(clip.file, found);
      parts.push({
        span: clip.span!,
        ...(sound && {
          onSound: (part) =>
            this.#putSound(keys[heard], heard === "speech" ? { ...part, warnings: [] } : part),
        }),
        ...(picture && {
          onPicture: async (part) => {
            try {
              await this.#putPicture(clip, keys.picture, { ...part, warnings: [] }, false);
            } catch (error) {
              if (!(error instanceof MediaError)) throw error;
              found.set("picture", error.reason);
            }
          },
        }),
        onProblem: (track, reason) => void found.set(track === "sound" ? heard : track, reason),
      });
    }
    if (parts.length === 0) return;
    const sampleRate = heard === "speech"
      ? rateOfTrack("speech", this.config)
      : this.config.sampleRate;
    await decodeRecording(this.tools.decoder, path, parts, { ...this.config, sampleRate });
  }

  async #putSound(
    key: StageKey,
    { samples, silent, warnings }: Pick<DecodedClip, "samples" | "silent" | "warnings">,
  ): Promise<void> {
    await this.tools.store.put(
      key,
      { samples: { shape: [samples.length], data: samples } },
      { silent: String(silent), warning: warnings.join("; ") },
    );
  }

  /** Embeds the picture and writes its entry; what is said of the clip may stand with its sound already. */
  async #putPicture(
    clip: Clip,
    key: StageKey,
    { frames, frameCount: n, width, height, warnings }: Pick<
      DecodedClip,
      "frames" | "frameCount" | "width" | "height" | "warnings"
    >,
    warned: boolean,
  ): Promise<void> {
    const { crop, fps, frameStep, frameFill } = this.config;
    const embedded = await this.tools.embedders().embed({
      frames,
      n,
      width,
      height,
      fps,
      crop,
      frameStep,
      frameFill,
    });
    await this.tools.store.put(
      key,
      pictureTensors(clip, n, embedded, this.config),
      { warning: [...(warned ? [] : warnings), ...faceWarnings(embedded)].join("; ") },
    );
  }
}
