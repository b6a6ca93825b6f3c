import { resolve } from "node:path";
import { type Command, Option } from "commander";
import type { CorpusFolder } from "../../src/corpus/scan_folders.ts";
import { DEFAULT_CONFIG, type RunConfig, type RunPlaces } from "../../src/pipeline/config.ts";
import { DEFAULT_KIND, type ModelKind, RESEARCH_KIND } from "../../src/pretrain/model_kind.ts";
import { command, integer, parsed, UsageError } from "../command.ts";
import { dataFlag, readFolder, readFolders } from "./data_flag.ts";
import { addFilterFlags, readFilter } from "./filter_flags.ts";
import { addDecoderFlags, readPlaces } from "./run_flags.ts";
import { addStoreFlags } from "./store_flags.ts";

/** What the flags of `deno task pretrain` ask for. */
export interface PretrainFlags {
  /** Which model. */
  readonly kind: ModelKind;
  /** How clips are read. */
  readonly config: RunConfig;
  /** Where things are; `out` is the folder of the model. */
  readonly places: RunPlaces;
  /** Folder of films that calibrate the face, where there is one. */
  readonly films: CorpusFolder | undefined;
  /** Folders of clips that the model is asked about at the end. */
  readonly tests: readonly CorpusFolder[];
}

/** The command with its flags. */
export function pretrainCommand(): Command {
  return addStoreFlags(
    addDecoderFlags(addFilterFlags(
      command("pretrain", "Make the model that comes with Emofuse anew, with its card.")
        .addOption(dataFlag().makeOptionMandatory())
        .requiredOption(
          "--ear <file>",
          "weights of a network that hears, imported with --dtype int8",
        )
        .option(
          "--research",
          "make the model for research, research.emofuse: it may learn from what is bound to non-commercial use, and its " +
            "face from landmark files",
        )
        .option("--landmarks <dir>", "with --research: landmark files of the clips of --data")
        .option(
          "--calibrate <dir>",
          "with --research: films, a folder or NAME=DIR, by which its face, and face and voice together, are calibrated",
        )
        .addOption(testFlag())
        .option(
          "--out <dir>",
          "folder of the model and its card (default: models/pretrained in the clone, or else in this folder)",
        ),
    ))
      .addOption(
        parsed("--seed <n>", "seed of every random choice", integer(0, 2 ** 32 - 1))
          .default(DEFAULT_CONFIG.seed),
      ),
  );
}

/** Of the folders to measure on, given several times. */
function testFlag(): Option {
  return new Option(
    "--test <dir>",
    "clips that are only measured on, and whose speakers are not learned from: a folder, or NAME=DIR; several times",
  ).argParser((text: string, before: readonly string[] | undefined) => [
    ...new Set(before).add(text),
  ]);
}

/**
 * What the flags ask for.
 *
 * @throws {UsageError} If a folder or a filter cannot be.
 */
export function readPretrainFlags(flags: Record<string, unknown>): PretrainFlags {
  const {
    out = resolve("models/pretrained"),
    seed,
    decoder,
    test = [],
    research,
    landmarks,
    calibrate,
  } = flags as unknown as {
    out?: string;
    seed: number;
    decoder: RunConfig["decoder"];
    test?: readonly string[];
    research?: true;
    landmarks?: string;
    calibrate?: string;
  };
  const [given] = Object.entries({ landmarks, calibrate }).filter(([, value]) =>
    value !== undefined
  );
  if (given && !research) {
    throw new UsageError(`--${given[0]} ${given[1]} goes with --research only`);
  }
  if (research && landmarks === undefined) {
    throw new UsageError(
      "--research needs --landmarks DIR, the landmark files that its face learns from",
    );
  }
  return {
    kind: research ? RESEARCH_KIND : DEFAULT_KIND,
    config: {
      ...DEFAULT_CONFIG,
      filter: readFilter(flags),
      modality: "audio",
      protocol: "speaker-independent",
      decoder,
      seed,
    },
    places: readPlaces(flags, { ...readFolders(flags), out }),
    films: calibrate === undefined ? undefined : readFolder(calibrate, "--calibrate"),
    tests: test.map((text) => readFolder(text, "--test")),
  };
}
