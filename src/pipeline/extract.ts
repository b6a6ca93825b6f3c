import { createHash } from "node:crypto";
import type { Clip, SkippedFile } from "../corpus/scan.ts";
import type { DecodedClip, Decoder } from "../media/decoder.ts";
import { MediaError } from "../media/media_error.ts";
import type { BackboneInfo } from "../../models/backbone.ts";
import type { EmbedPool } from "../vision/embed_pool.ts";
import { faceDetectorHash } from "../vision/load_face_detector.ts";
import type { RunConfig } from "./config.ts";
import { mapConcurrent } from "../runtime/map_concurrent.ts";
import type { Sample } from "./samples.ts";
import type { FeatureStore, StageKey } from "./store.ts";

/** A sample whose features lie in the store. */
export interface ExtractedSample {
  /** The sample. */
  readonly sample: Sample;
  /** Store entry of the sound, a tensor `samples`, where the voice is used. */
  readonly sound?: StageKey;
  /** Store entry of the picture, a tensor `embeddings`, where the face is used. */
  readonly picture?: StageKey;
  /** Whether the sound is digital silence. */
  readonly silent: boolean;
  /** SHA-256 of each clip that gave something, by file. */
  readonly clips: Readonly<Record<string, string>>;
}

/** What the extraction works with. */
export interface ExtractTools {
  /** Where features are kept. */
  readonly store: FeatureStore;
  /** Turns clips into frames and samples. */
  readonly decoder: Decoder;
  /** The backbone's identity, where the face is used. */
  readonly backbone?: BackboneInfo;
  /** Gives the pool that embeds frames; called only when a clip is not in the store yet. */
  readonly embedders: () => Pick<EmbedPool, "embed">;
  /** How many clips are worked on at once. */
  readonly workers: number;
  /** Reports how many samples are done, and how many of them came from the store. */
  readonly onProgress?: (done: number, total: number, cached: number) => void;
}

/** Picture sizes, width x height: the tutorial's, and twice that where a face is cut out of it. */
const PICTURE = { none: { width: 227, height: 128 }, face: { width: 454, height: 256 } };

/**
 * Decodes the samples' clips and embeds their frames, unless the store has the results already.
 * Works on a few clips at a time, so that memory does not grow with their number. A clip that fails
 * is named in `skipped`; its sample is left out only if no other file of it gives what is missing.
 */
export async function extractSamples(
  samples: readonly Sample[],
  config: RunConfig,
  tools: ExtractTools,
): Promise<{ extracted: ExtractedSample[]; skipped: SkippedFile[]; cached: number }> {
  const skipped: SkippedFile[] = [];
  let done = 0;
  let cached = 0;
  tools.onProgress?.(0, samples.length, 0);
  // One clip more than there are workers: it is decoded while the others are embedded.
  const all = await mapConcurrent(samples, tools.workers + 1, async (sample) => {
    const { result, failures, fromStore } = await extractSample(sample, config, tools);
    skipped.push(...failures);
    if (result && fromStore) cached++;
    tools.onProgress?.(++done, samples.length, cached);
    return result;
  });
  skipped.sort((a, b) => a.file < b.file ? -1 : 1);
  return { extracted: all.filter((result) => result !== undefined), skipped, cached };
}

async function extractSample(sample: Sample, config: RunConfig, tools: ExtractTools): Promise<{
  result?: ExtractedSample;
  failures: SkippedFile[];
  fromStore: boolean;
}> {
  const failures: SkippedFile[] = [];
  const clips: Record<string, string> = {};
  let fromStore = true;
  let sound: StageKey | undefined;
  let picture: StageKey | undefined;
  let silent = false;
  for (const clip of new Set([...sample.picture, ...sample.sound])) {
    const wantsSound = !sound && sample.sound.includes(clip);
    const wantsPicture = !picture && sample.picture.includes(clip);
    if (!wantsSound && !wantsPicture) continue;
    try {
      const keys = await stageKeys(clip, config, tools.backbone);
      const missing = {
        sound: wantsSound && !await tools.store.has(keys.sound),
        picture: wantsPicture && !await tools.store.has(keys.picture),
      };
      if (missing.sound || missing.picture) {
        fromStore = false;
        await computeEntries(clip, keys, missing, config, tools);
      }
      if (wantsSound) {
        sound = keys.sound;
        silent = (await tools.store.get(keys.sound))?.metadata.silent === "true";
      }
      if (wantsPicture) picture = keys.picture;
      clips[clip.file] = keys.sound.clip;
    } catch (error) {
      if (!(error instanceof MediaError)) throw error;
      failures.push({ file: clip.file, reason: error.reason });
    }
  }
  const complete = (sound || sample.sound.length === 0) &&
    (picture || sample.picture.length === 0);
  return {
    result: complete ? { sample, sound, picture, silent, clips } : undefined,
    failures,
    fromStore,
  };
}

/** Decodes what is missing, embeds the picture, and writes both entries. */
async function computeEntries(
  clip: Clip,
  keys: { sound: StageKey; picture: StageKey },
  missing: { sound: boolean; picture: boolean },
  config: RunConfig,
  tools: ExtractTools,
): Promise<void> {
  const { seconds, fps, sampleRate, crop } = config;
  const size = PICTURE[crop];
  const decoded: DecodedClip = await tools.decoder.decode(clip.path, {
    seconds,
    fps,
    sampleRate,
    ...size,
    ...missing,
  });
  if (missing.sound) {
    const { samples, silent } = decoded;
    await tools.store.put(
      keys.sound,
      { samples: { shape: [samples.length], data: samples } },
      { silent: String(silent) },
    );
  }
  if (missing.picture) {
    const n = decoded.frameCount;
    const pool = tools.embedders();
    const frames = decoded.frames as Uint8Array<ArrayBuffer>;
    const { embeddings, featureSize } = await pool.embed({ frames, n, ...size, crop });
    await tools.store.put(
      keys.picture,
      { embeddings: { shape: [n, featureSize], data: embeddings } },
    );
  }
}

/** The store keys of a clip's sound and picture; the number ends a key when its code changes. */
async function stageKeys(
  { path, file }: Clip,
  config: RunConfig,
  backbone: BackboneInfo | undefined,
): Promise<{ sound: StageKey; picture: StageKey }> {
  const { seconds, fps, sampleRate, crop, decoder } = config;
  const clip = await sha256OfFile(path, file);
  return {
    sound: { stage: "sound/1", clip, settings: { seconds, sampleRate, decoder } },
    picture: {
      stage: "picture/1",
      clip,
      settings: {
        seconds,
        fps,
        ...PICTURE[crop],
        crop,
        decoder,
        backbone: backbone?.name ?? "",
      },
      weights: [backbone?.weightsHash, ...(crop === "face" ? [await faceDetectorHash()] : [])]
        .join(),
    },
  };
}

async function sha256OfFile(path: string, file: string): Promise<string> {
  const hash = createHash("sha256");
  try {
    using handle = await Deno.open(path);
    for await (const chunk of handle.readable) hash.update(chunk);
  } catch (error) {
    throw new MediaError(file, `cannot be read: ${error instanceof Error ? error.message : error}`);
  }
  return hash.digest("hex");
}
