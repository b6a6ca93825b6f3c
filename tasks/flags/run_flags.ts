import { availableParallelism } from "node:os";
import { type Command, InvalidArgumentError, Option } from "commander";
import { LANDMARK_NETWORK } from "../../models/face_mesh.ts";
import { BACKBONES, DEFAULT_BACKBONE } from "../../models/registry.ts";
import { OWN_SPLIT } from "../../src/split/protocols/own_split.ts";
import { PROTOCOL_NAMES } from "../../src/split/protocols/registry.ts";
import { decodeWindow } from "../../src/media/decode_options.ts";
import { DECODERS } from "../../src/media/create_decoder.ts";
import { DEFAULT_CONFIG, type RunConfig, type RunPlaces } from "../../src/pipeline/config.ts";
import { FRAME_FILLS } from "../../src/vision/embed_frames.ts";
import { choice, integer, parsed, positive, UsageError } from "../command.ts";
import { readFilter } from "./filter_flags.ts";
import { readFoldPlan } from "./fold_plan_flags.ts";
import { readListChoice } from "./list_flags.ts";
import { foldNames, parseFolds } from "./parse_folds.ts";
import { resolvePath } from "../paths.ts";
import { labelMapFlag, readLabelMap } from "./label_map_flag.ts";
import { parseGroups } from "./parse_groups.ts";
import { protocolFlag } from "./protocol_flag.ts";
import { addRecipeFlags, readRecipes } from "./recipe_flags.ts";
import { addStoreFlags, readStore } from "./store_flags.ts";

/** The most clips or folds worked on at once. */
const MAX_WORKERS = 64;

/** The most by default: a worker needs up to 520 MB. */
const DEFAULT_WORKERS = 4;

/** Adds the flags that say how a run works, common to real and synthetic corpora. */
export function addPipelineFlags(command: Command): Command {
  return addWorkFlags(addRunFlags(command))
    .option("--json", "print results.json instead of the table");
}

/** Adds the flags that say what a run gives, wherever and by however many it is done. */
export function addRunFlags(command: Command): Command {
  return addClipFlags(addRecipeFlags(command))
    .addOption(
      protocolFlag("how samples are split", PROTOCOL_NAMES).default(DEFAULT_CONFIG.protocol),
    )
    .addOption(foldsFlag())
    .addOption(
      parsed(
        "--hold-out <share>",
        "share of the samples to test on, once, instead of folds",
        share,
      ),
    )
    .addOption(landmarksFlag())
    .addOption(labelMapFlag())
    .addOption(
      parsed(
        "--by <list>",
        "attributes by which to see who is recognised worse, numbers cut: sex,age:30,45,60 " +
          "(default: sex, age and language, where the corpus tells them)",
        parseGroups,
      ),
    );
}

/** `--landmarks`, which asks for the backbone of that name. */
export function landmarksFlag(): Option {
  return new Option(
    "--landmarks <dir>",
    "landmark files (csv or csv.gz, named as their clips) that stand for the pictures",
  ).implies({ backbone: LANDMARK_NETWORK });
}

/** The flag that says how samples are divided. */
export function foldsFlag(): Option {
  const published = foldNames().filter((name) => !["loso", OWN_SPLIT].includes(name)).join(", ");
  return parsed(
    "--folds <how>",
    "number of folds, NxR (R repeats of N), loso (leave one speaker out), " +
      "by:COLUMN (leave one value of it out: by:language, by:age:30,45), " +
      "manifest (train, dev and test of a list of clips), " +
      `${published} (published) or a FILE.json of your own; ` +
      " a single fold in it is the test set",
    parseFolds,
  );
}

/** Adds the flags that say what is taken from clips and how, and where it is kept. */
export function addFeatureFlags(
  command: Command,
  { crop }: Pick<RunConfig, "crop"> = DEFAULT_CONFIG,
): Command {
  return addWorkFlags(addClipFlags(command, { crop }));
}

/** Adds the flags that say what is taken from clips and how. */
function addClipFlags(
  command: Command,
  { crop }: Pick<RunConfig, "crop"> = DEFAULT_CONFIG,
): Command {
  const d = DEFAULT_CONFIG;
  return command
    .addOption(decoderFlag())
    .addOption(
      choice("--modality <name>", "modalities to use", ["av", "audio", "video"]).default(
        d.modality,
      ),
    )
    .addOption(
      choice("--backbone <name>", "network that embeds faces", Object.keys(BACKBONES))
        .default(DEFAULT_BACKBONE),
    )
    .option("--weights <file>", "imported weights of the backbone (see deno task weights)")
    .option("--ear <file>", "imported weights of a network that hears (see deno task weights)")
    .addOption(
      choice("--crop <what>", "what the backbone sees of a frame: all of it or the face", [
        "none",
        "face",
      ]).default(crop),
    )
    .addOption(
      parsed("--frame-step <k>", "embed every k-th frame only", integer(1, 1000))
        .default(d.frameStep),
    )
    .addOption(
      choice("--frame-fill <how>", "what the frames between get (default: repeat)", FRAME_FILLS),
    )
    .addOption(
      choice(
        "--kernels <name>",
        "what computes convolutions: Emofuse's kernels or tfjs's own",
        [
          "winograd",
          "stock",
        ],
      ).default(d.kernels),
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
      parsed("--seed <n>", "seed of every random choice", integer(0, 2 ** 32 - 1)).default(
        d.seed,
      ),
    );
}

/** Adds the flags that say where features are kept, and how many work. */
function addWorkFlags(command: Command): Command {
  return addStoreFlags(command.addOption(workersFlag("clips and folds worked on at once")));
}

/** `--decoder`. */
function decoderFlag(): Option {
  return choice("--decoder <name>", "ffmpeg.wasm, or the ffmpeg of this machine", DECODERS)
    .default(DEFAULT_CONFIG.decoder);
}

/** Adds the flags that say what decodes clips, and how many at once. */
export function addDecoderFlags(command: Command): Command {
  return command
    .addOption(decoderFlag())
    .addOption(workersFlag("clips and folds worked on at once"));
}

/** `--workers`. */
export function workersFlag(description: string): Option {
  return parsed("--workers <n>", description, integer(1, MAX_WORKERS)).default(
    Math.min(availableParallelism(), DEFAULT_WORKERS),
    `one a processor, at most ${DEFAULT_WORKERS}`,
  );
}

/**
 * The run that the flags of `addPipelineFlags` and `addFilterFlags` describe. Flags of a modality that
 * the run does not use leave no trace in it.
 *
 * @throws {UsageError} If flags contradict each other.
 */
export function readConfig(options: Record<string, unknown>): RunConfig {
  const {
    modality,
    protocol,
    backbone,
    crop,
    frameStep,
    frameFill,
    kernels,
    mfcc,
    seconds,
    fps,
    decoder,
    seed,
    by,
  } = options as unknown as RunConfig;
  const labelMap = readLabelMap(options);
  const { landmarks, weights, ear } = options as Partial<Record<string, string>>;
  if (ear !== undefined && modality === "video") {
    throw new UsageError(
      `--ear ${ear} is for voices, and --modality video uses none; allowed: --modality av, audio`,
    );
  }
  if (weights !== undefined && modality === "audio") {
    throw new UsageError(
      `--weights ${weights} is for pictures, and --modality audio uses none; ` +
        "allowed: --modality av, video",
    );
  }
  if (landmarks !== undefined && modality === "audio") {
    throw new UsageError(
      `--landmarks ${landmarks} is for faces, and --modality audio uses none; ` +
        "allowed: --modality av, video",
    );
  }
  if (landmarks !== undefined && backbone !== LANDMARK_NETWORK) {
    throw new UsageError(
      `--landmarks ${landmarks} goes with --backbone landmarks only, not with ${backbone}`,
    );
  }
  if (frameFill !== undefined && frameStep === 1) {
    throw new UsageError(
      `--frame-fill ${frameFill} fills nothing as --frame-step is 1; allowed: --frame-step from 2 on`,
    );
  }
  try {
    decodeWindow({ seconds, fps, sampleRate: DEFAULT_CONFIG.sampleRate });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(`--seconds ${seconds} and --fps ${fps}: ${error.message}`);
  }
  const list = readListChoice(options);
  return {
    ...DEFAULT_CONFIG,
    ...(list && { list }),
    ...(by && { by }),
    filter: readFilter(options),
    modality,
    protocol,
    folds: readFoldPlan(options),
    seconds,
    fps,
    decoder,
    seed,
    recipes: readRecipes(options, protocol),
    ...(modality === "audio"
      ? {}
      : landmarks !== undefined
      ? { backbone, landmarks: "files" as const }
      // Landmarks and expressions are those of a face: there is nothing to find in the whole picture.
      : {
        backbone,
        crop: BACKBONES[backbone].facesOnly ? "face" as const : crop,
        frameStep,
        frameFill: frameFill ?? DEFAULT_CONFIG.frameFill,
        kernels,
      }),
    ...(modality === "video" ? {} : { mfcc }),
    ...(labelMap ? { labelMap } : {}),
  };
}

/** The places that the flags name, relative to where the task was called. */
export function readPlaces(
  options: Record<string, unknown>,
  { data, folders, out }: Pick<RunPlaces, "data" | "folders" | "out">,
): RunPlaces {
  const { weights, ear, landmarks, workers } = options as {
    landmarks?: string;
    weights?: string;
    ear?: string;
    workers: number;
  };
  return {
    data: resolvePath(data),
    ...(folders ? { folders } : {}),
    out: resolvePath(out),
    ...readStore(options),
    weights: weights === undefined ? undefined : resolvePath(weights),
    ear: ear === undefined ? undefined : resolvePath(ear),
    landmarks: landmarks === undefined ? undefined : resolvePath(landmarks),
    workers,
  };
}

function share(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value > 0 && value < 1)) {
    throw new InvalidArgumentError("Allowed: a number between 0 and 1, such as 0.2.");
  }
  return value;
}
