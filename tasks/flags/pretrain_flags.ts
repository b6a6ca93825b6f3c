import { type Command, Option } from "commander";
import type { CorpusFolder } from "../../src/corpus/scan_folders.ts";
import { DEFAULT_CONFIG, type RunConfig, type RunPlaces } from "../../src/pipeline/config.ts";
import { command, integer, parsed } from "../command.ts";
import { dataFlag, readFolder, readFolders } from "./data_flag.ts";
import { addFilterFlags, readFilter } from "./filter_flags.ts";
import { addDecoderFlags, readPlaces } from "./run_flags.ts";

/** What the flags of `deno task pretrain` ask for. */
export interface PretrainFlags {
  /** How clips are read. */
  readonly config: RunConfig;
  /** Where things are; `out` is the folder of the model. */
  readonly places: RunPlaces;
  /** Folders of clips that the model is asked about at the end. */
  readonly tests: readonly CorpusFolder[];
}

/** The command with its flags. */
export function pretrainCommand(): Command {
  return addDecoderFlags(addFilterFlags(
    command("pretrain", "Make the model that comes with Emofuse anew, with its card.")
      .addOption(dataFlag().makeOptionMandatory())
      .requiredOption("--ear <file>", "weights of a network that hears, imported with --dtype int8")
      .addOption(testFlag())
      .option("--out <dir>", "folder of the model and its card", "models/pretrained"),
  ))
    .addOption(
      parsed("--seed <n>", "seed of every random choice", integer(0, 2 ** 32 - 1))
        .default(DEFAULT_CONFIG.seed),
    )
    .option("--store <dir>", "feature store (default: .emofuse/store in Emofuse's folder)");
}

/** Of the folders to measure on, given several times. */
function testFlag(): Option {
  return new Option(
    "--test <dir>",
    "clips of another corpus, which are only measured on: a folder, or NAME=DIR; several times",
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
  const { out, seed, decoder, test = [] } = flags as unknown as {
    out: string;
    seed: number;
    decoder: RunConfig["decoder"];
    test?: readonly string[];
  };
  return {
    config: {
      ...DEFAULT_CONFIG,
      filter: readFilter(flags),
      modality: "audio",
      protocol: "speaker-independent",
      decoder,
      seed,
    },
    places: readPlaces(flags, { ...readFolders(flags), out }),
    tests: test.map((text) => readFolder(text, "--test")),
  };
}
