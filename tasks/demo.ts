/**
 * `deno task demo`: the whole pipeline on a synthetic corpus that is made on the spot.
 *
 * @module
 */

import { join } from "node:path";
import { writeSyntheticCorpus } from "../src/corpus/synthetic/write_synthetic_corpus.ts";
import { encodeClip } from "../src/media/encode_clip.ts";
import { startProgress } from "../src/report/progress.ts";
import { SYNTHETIC } from "../src/report/table.ts";
import { command, runCommand } from "./command.ts";
import { EXPECTED_ERRORS } from "./shared/expected_errors.ts";
import { reportRun } from "./shared/report_run.ts";
import { addPipelineFlags, readConfig, readPlaces } from "./flags/run_flags.ts";

const demo = addPipelineFlags(
  command("demo", "Make a small synthetic corpus and run the whole pipeline on it.")
    .option("--out <dir>", "folder for the corpus and the run", ".emofuse/demo"),
);

await runCommand(demo, async (options) => {
  const out = options.out as string;
  const places = readPlaces(options, { data: join(out, "corpus"), out: join(out, "run") });
  console.error(SYNTHETIC);
  const progress = startProgress("corpus", "clips");
  try {
    await writeSyntheticCorpus(
      places.data,
      (clip) => encodeClip(clip, "mp4", { preset: "ultrafast" }),
      {
        concurrency: places.workers,
        onProgress: (done, total) => progress.update(done, total),
      },
    );
  } finally {
    progress.stop();
  }
  await reportRun(readConfig(options), places, options.json === true ? "json" : "table");
  if (options.json !== true) {
    console.log(`
This was a synthetic corpus. On real faces and voices, download RAVDESS
(https://doi.org/10.5281/zenodo.1188976) and run the tutorial's own case:

  deno task run --data DIR --speakers 1 --emotions calm,angry --protocol tutorial

then the same without its leaks: --protocol performance-independent`);
  }
}, EXPECTED_ERRORS);
