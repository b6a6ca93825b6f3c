/**
 * `deno task bench dsp`, `vgg`, `faceres`, `train` or `pool`: times the DSP core, the convolutions, the
 * default face network or training against others that compute the same, and two workers against one.
 *
 * @module
 */

import { BenchError } from "../bench/contender.ts";
import { benchDsp } from "../bench/dsp.ts";
import { dspTable } from "../bench/dsp_table.ts";
import { benchFaceres } from "../bench/faceres.ts";
import { faceresTable } from "../bench/faceres_table.ts";
import { benchPool } from "../bench/pool.ts";
import { poolTable } from "../bench/pool_table.ts";
import { benchTrain } from "../bench/train.ts";
import { trainTable } from "../bench/train_table.ts";
import { benchVgg } from "../bench/vgg.ts";
import { vggTable } from "../bench/vgg_table.ts";
import { command, integer, parsed, runCommand, UsageError } from "./command.ts";

const bench = command("bench", "Time Emofuse against other libraries, side by side.")
  .argument(
    "<what>",
    "dsp: MFCC against meyda, essentia.js, librosa, python_speech_features; " +
      "vgg: VGG16 against tfjs's own kernels and onnxruntime, which it installs (330 MB); " +
      "faceres: the default face network against its published graph; " +
      "train: an epoch of CNN training against tfjs's own kernels and Keras; " +
      "pool: two embedding workers against one",
  )
  .option(
    "--python <path>",
    "dsp: a Python that has librosa and python_speech_features; train: one that has Keras",
  )
  .addOption(
    parsed(
      "--rounds <n>",
      "how often each is measured, in turn (default: 15; train and pool: 5)",
      integer(1, 1000),
    ),
  )
  .option("--quick", "one short round: shows that it works, not how fast");

await runCommand(bench, async (options, [what]) => {
  const python = options.python === undefined ? undefined : String(options.python);
  const rounds = options.quick ? 1 : options.rounds as number | undefined;
  if (what !== "dsp" && what !== "train" && python !== undefined) {
    throw new UsageError("--python goes with dsp and train only");
  }
  switch (what) {
    case "dsp":
      return console.log(
        dspTable(await benchDsp({ python, rounds, leastMs: options.quick ? 0 : undefined })),
      );
    case "faceres":
      return console.log(faceresTable(await benchFaceres({ rounds })));
    case "pool":
      return console.log(
        poolTable(await benchPool({ rounds, frames: options.quick ? 2 : undefined })),
      );
    case "train":
      return console.log(
        trainTable(await benchTrain({ python, rounds, rows: options.quick ? 8 : undefined })),
      );
    case "vgg":
      return console.log(vggTable(await benchVgg({ rounds })));
    default:
      throw new UsageError(`${what} is no bench; allowed: dsp, faceres, pool, train, vgg`);
  }
}, [BenchError]);
