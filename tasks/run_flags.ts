import type { Command } from "commander";
import { BACKBONES, DEFAULT_BACKBONE } from "../models/registry.ts";
import type { ClipFilter } from "../src/corpus/filter.ts";
import {
  parseActors,
  parseChannels,
  parseEmotions,
  parseIntensities,
  parseModalities,
  parseRepetitions,
  parseStatements,
} from "../src/corpus/flag_values.ts";
import { PROTOCOLS } from "../src/evaluate/protocols/registry.ts";
import { DECODERS } from "../src/media/create_decoder.ts";
import { DEFAULT_CONFIG, type RunConfig, type RunPlaces } from "../src/pipeline/config.ts";
import { choice, integer, parsed, positive } from "./command.ts";
import { resolvePath } from "./paths.ts";

/** The most clips or folds worked on at once: more would need more memory than it saves time. */
const MAX_WORKERS = 64;

/** Adds the flags that say how a run works, common to real and synthetic corpora. */
export function addPipelineFlags(command: Command): Command {
  const d = DEFAULT_CONFIG;
  return command
    .addOption(
      choice("--modality <name>", "modalities to use", ["av", "audio", "video"]).default(
        d.modality,
      ),
    )
    .addOption(
      choice("--protocol <name>", "how samples are split", PROTOCOLS.map(({ name }) => name))
        .default(d.protocol),
    )
    .addOption(
      parsed("--folds <n>", 'number of folds, or "luna-jimenez" for the published ones', folds),
    )
    .addOption(
      choice("--backbone <name>", "network that embeds faces", Object.keys(BACKBONES))
        .default(DEFAULT_BACKBONE),
    )
    .option("--weights <file>", "imported weights of the backbone (see deno task weights)")
    .addOption(
      choice("--crop <what>", "what the backbone sees of a frame: all of it or the face", [
        "none",
        "face",
      ]).default(d.crop),
    )
    .addOption(
      choice("--mfcc <preset>", "definition of the voice features", ["librosa", "textbook"])
        .default(d.mfcc),
    )
    .addOption(
      parsed("--seconds <s>", "length of a clip, padded or cut", positive(60)).default(d.seconds),
    )
    .addOption(parsed("--fps <n>", "frames a second", positive(120)).default(d.fps))
    .addOption(
      choice("--decoder <name>", "ffmpeg.wasm, or the ffmpeg of this machine", DECODERS)
        .default(d.decoder),
    )
    .addOption(
      parsed("--workers <n>", "clips and folds worked on at once", integer(1, MAX_WORKERS))
        .default(Math.min(navigator.hardwareConcurrency, MAX_WORKERS), "one a processor"),
    )
    .addOption(
      parsed("--seed <n>", "seed of every random choice", integer(0, 2 ** 32 - 1)).default(d.seed),
    )
    .option("--store <dir>", "feature store", ".emofuse/store")
    .option("--json", "print results.json instead of the table");
}

/** Adds the flags that choose clips. */
export function addFilterFlags(command: Command): Command {
  return command
    .addOption(parsed("--actors <list>", "actors, such as 1,2 or 1-4", parseActors))
    .addOption(parsed("--emotions <list>", "emotions, such as calm,angry", parseEmotions))
    .addOption(parsed("--channels <list>", "speech, song", parseChannels))
    .addOption(parsed("--intensities <list>", "normal, strong", parseIntensities))
    .addOption(parsed("--statements <list>", "1, 2", parseStatements))
    .addOption(parsed("--repetitions <list>", "1, 2", parseRepetitions))
    .addOption(
      parsed(
        "--codes <list>",
        "modality codes: audio-video, video-only, audio-only",
        parseModalities,
      ),
    );
}

/** The filter that the flags of `addFilterFlags` describe. */
export function readFilter(options: Record<string, unknown>): ClipFilter {
  const { codes, channels, emotions, intensities, statements, repetitions, actors } = options;
  const all = {
    modalities: codes,
    channels,
    emotions,
    intensities,
    statements,
    repetitions,
    actors,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** The run that the flags of `addPipelineFlags` and `addFilterFlags` describe. */
export function readConfig(options: Record<string, unknown>): RunConfig {
  const { modality, protocol, folds, backbone, crop, mfcc, seconds, fps, decoder, seed } =
    options as unknown as RunConfig;
  return {
    ...DEFAULT_CONFIG,
    filter: readFilter(options),
    ...{ modality, protocol, folds: folds ?? null, backbone, crop, mfcc },
    ...{ seconds, fps, decoder, seed },
  };
}

/** The places that the flags name, relative to where the task was called. */
export function readPlaces(
  options: Record<string, unknown>,
  { data, out }: { data: string; out: string },
): RunPlaces {
  const { store, weights, workers } = options as {
    store: string;
    weights?: string;
    workers: number;
  };
  return {
    data: resolvePath(data),
    out: resolvePath(out),
    store: resolvePath(store),
    weights: weights === undefined ? undefined : resolvePath(weights),
    workers,
  };
}

function folds(text: string): number | "luna-jimenez" {
  return text === "luna-jimenez" ? text : integer(2, 1000)(text);
}
