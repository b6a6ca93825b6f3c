/**
 * `deno task bench dsp`, `vgg` or `faceres`: times the DSP core, the convolutions or the default face
 * network against others that compute the same.
 *
 * @module
 */

import { BenchError } from "../bench/contender.ts";
import { benchDsp } from "../bench/dsp.ts";
import { dspTable } from "../bench/dsp_table.ts";
import { benchFaceres } from "../bench/faceres.ts";
import { faceresTable } from "../bench/faceres_table.ts";
import { benchVgg } from "../bench/vgg.ts";
import { vggTable } from "../bench/vgg_table.ts";
import { command, integer, parsed, runCommand, UsageError } from "./command.ts";

const bench = command("bench", "Time Emofuse against other libraries, side by side.")
  .argument(
    "<what>",
    "dsp: MFCC against meyda, essentia.js, librosa, python_speech_features; " +
      "vgg: VGG16 against tfjs's own kernels and onnxruntime, which it installs (330 MB); " +
      "faceres: the default face network against its published graph",
  )
  .option("--python <path>", "dsp: a Python that has librosa and python_speech_features")
  .addOption(
    parsed("--rounds <n>", "how often each is measured, in turn", integer(1, 1000)).default(15),
  )
  .option("--quick", "one short round: shows that it works, not how fast");

await runCommand(bench, async ({ python, rounds, quick }, [what]) => {
  if (what === "vgg") {
    if (python !== undefined) throw new UsageError("--python goes with dsp only");
    console.log(vggTable(await benchVgg({ rounds: quick ? 1 : rounds as number })));
    return;
  }
  if (what === "faceres") {
    if (python !== undefined) throw new UsageError("--python goes with dsp only");
    console.log(faceresTable(await benchFaceres({ rounds: quick ? 1 : rounds as number })));
    return;
  }
  if (what !== "dsp") throw new UsageError(`${what} is no bench; allowed: dsp, vgg, faceres`);
  const rows = await benchDsp({
    python: python === undefined ? undefined : String(python),
    rounds: quick ? 1 : rounds as number,
    leastMs: quick ? 0 : undefined,
  });
  console.log(dspTable(rows));
}, [BenchError]);
