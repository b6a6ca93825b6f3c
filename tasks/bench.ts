/**
 * `deno task bench dsp`, `vgg`, `faceres`, `train`, `pool`, `segments`, `film`, `serve`, `start`, `store` or `whisper`: times the DSP core, the
 * convolutions, the default face network, training or Whisper's encoder against others that compute the same, two workers
 * against one, a feature store of a million entries, or the served recogniser; or how well speech is found, and a long film recognised.
 *
 * @module
 */

import { resolve } from "node:path";
import { BenchError } from "../bench/contender.ts";
import { benchDsp } from "../bench/dsp.ts";
import { dspTable } from "../bench/dsp_table.ts";
import { benchFaceres } from "../bench/faceres.ts";
import { faceresTable } from "../bench/faceres_table.ts";
import { benchFilm } from "../bench/film/film.ts";
import { filmTable } from "../bench/film/film_table.ts";
import { benchPool } from "../bench/pool.ts";
import { poolTable } from "../bench/pool_table.ts";
import { benchSegments } from "../bench/segments/segments.ts";
import { segmentsTable } from "../bench/segments/segments_table.ts";
import { benchServe } from "../bench/serve/serve.ts";
import { serveTable } from "../bench/serve/serve_table.ts";
import { benchStart } from "../bench/start/start.ts";
import { startTable } from "../bench/start/start_table.ts";
import { benchStore } from "../bench/store/store.ts";
import { storeTable } from "../bench/store/store_table.ts";
import { benchTrain } from "../bench/train/train.ts";
import { trainTable } from "../bench/train/train_table.ts";
import { benchVgg } from "../bench/vgg.ts";
import { vggTable } from "../bench/vgg_table.ts";
import { benchWhisper } from "../bench/whisper/whisper.ts";
import { whisperTable } from "../bench/whisper/whisper_table.ts";
import { terminalWidth } from "../src/terminal/terminal_width.ts";
import { command, integer, parsed, runCommand, UsageError } from "./command.ts";
import { resolvePath } from "./paths.ts";

const bench = command("bench", "Time Emofuse against other libraries, side by side.")
  .argument(
    "<what>",
    "dsp: MFCC against meyda, essentia.js, librosa, python_speech_features; " +
      "vgg: VGG16 against tfjs's own kernels and onnxruntime, which it installs (330 MB); " +
      "faceres: the default face network against its published graph; " +
      "train: an epoch of CNN training against tfjs's own kernels and Keras; " +
      "pool: two embedding workers against one; " +
      "segments: speech found in a long recording of clips of --corpora, by Silero VAD and the DSP core; " +
      "film: a ten-minute film of such clips, recognised; ffmpeg makes it; " +
      "serve: predictions over HTTP, cold starts, memory and streaming; " +
      "start: size, first prediction and memory in Deno, Node, workerd and Chromium; " +
      "store: a feature store in a folder of up to a million entries, which take 4 GB; " +
      "whisper: Whisper's encoder against tfjs's own kernels, onnxruntime (as vgg) and ctranslate2",
  )
  .option(
    "--python <path>",
    "dsp: a Python that has librosa and python_speech_features; train: one that has Keras; " +
      "whisper: one that has ctranslate2",
  )
  .addOption(
    parsed(
      "--rounds <n>",
      "how often each is measured, in turn (default: 15; train, pool, serve and start: 5)",
      integer(1, 1000),
    ),
  )
  .option(
    "--model <file>",
    "serve: a bundle (default: two trained on synthetic clips); " +
      "segments, film: a bundle that is judged on them; start: a bundle (default: the own one); " +
      "whisper: a folder with CTranslate2's model.bin (default: random weights)",
  )
  .option("--corpora <dir>", "segments, film: a folder with ravdess, crema-d and emo-db")
  .option(
    "--clip <file>",
    "serve, start: a film of a person who speaks (default: a synthetic one; start: a voice alone)",
  )
  .option("--quick", "one short round: shows that it works, not how fast");

await runCommand(bench, async (options, [what]) => {
  if (!["dsp", "train", "whisper"].includes(what) && options.python !== undefined) {
    throw new UsageError("--python goes with dsp, train and whisper only");
  }
  if (!["serve", "start"].includes(what) && options.clip !== undefined) {
    throw new UsageError("--clip goes with serve and start only");
  }
  const judged = ["segments", "film", "serve", "start", "whisper"];
  if (!judged.includes(what) && options.model !== undefined) {
    throw new UsageError("--model goes with segments, film, serve, start and whisper only");
  }
  if (["segments", "film"].includes(what) !== (options.corpora !== undefined)) {
    throw new UsageError(
      "--corpora DIR goes with segments and film, which need it, and with nothing else",
    );
  }
  console.log(await measure(what, options, terminalWidth()));
}, [BenchError]);

/** What a bench finds, as text. */
async function measure(
  what: string,
  options: Record<string, unknown>,
  width: number | undefined,
): Promise<string> {
  const { quick } = options;
  const python = options.python === undefined ? undefined : String(options.python);
  const rounds = quick ? 1 : options.rounds as number | undefined;
  switch (what) {
    case "dsp":
      return dspTable(await benchDsp({ python, rounds, leastMs: quick ? 0 : undefined }), width);
    case "faceres":
      return faceresTable(await benchFaceres({ rounds }), width);
    case "film":
      return filmTable(
        await benchFilm({
          corpora: filePath(options.corpora)!,
          model: filePath(options.model),
          ...(quick ? { clips: [6, 3], pairs: 2 } : {}),
        }),
        width,
      );
    case "pool":
      return poolTable(await benchPool({ rounds, frames: quick ? 2 : undefined }), width);
    case "segments":
      return segmentsTable(
        await benchSegments({
          corpora: filePath(options.corpora)!,
          model: filePath(options.model),
          ...(quick ? { clips: 4, snrs: [Infinity, 10] } : {}),
        }),
        width,
      );
    case "serve":
      return serveTable(
        await benchServe({
          rounds,
          model: filePath(options.model),
          clip: filePath(options.clip),
          ...(quick ? { seconds: 0, predictions: 20, recording: 5 } : {}),
        }),
        width,
      );
    case "start":
      return startTable(
        await benchStart({
          rounds,
          model: filePath(options.model),
          clip: filePath(options.clip),
        }),
        width,
      );
    case "store":
      return storeTable(
        await benchStore({
          dir: resolve(".emofuse", `bench-store-${crypto.randomUUID()}`),
          ...(quick ? { sizes: [100, 1000], times: 20 } : {}),
        }),
        width,
      );
    case "train":
      return trainTable(await benchTrain({ python, rounds, rows: quick ? 8 : undefined }), width);
    case "vgg":
      return vggTable(await benchVgg({ rounds }), width);
    case "whisper":
      return whisperTable(
        await benchWhisper({
          rounds,
          python,
          model: filePath(options.model),
          seconds: quick ? [1] : undefined,
        }),
        width,
      );
    default:
      throw new UsageError(
        `${what} is no bench; allowed: dsp, faceres, film, pool, segments, serve, start, store, train, vgg, whisper`,
      );
  }
}

function filePath(value: unknown): string | undefined {
  return value === undefined ? undefined : resolvePath(String(value));
}
