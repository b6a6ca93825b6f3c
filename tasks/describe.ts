/**
 * `deno task describe --data DIR`: says what a folder of RAVDESS clips holds: actors by emotions,
 * lengths, twins of one take, silent sound tracks, and what had to be left out.
 *
 * @module
 */

import { CorpusError } from "../src/corpus/corpus_error.ts";
import { describeCorpus } from "../src/corpus/describe.ts";
import { filterClips } from "../src/corpus/filter.ts";
import { formatDescription } from "../src/corpus/format_description.ts";
import { scanCorpus } from "../src/corpus/scan.ts";
import { readSyntheticManifest } from "../src/corpus/synthetic/manifest.ts";
import { createDecoder } from "../src/media/create_decoder.ts";
import type { DecoderName } from "../src/media/decoder_name.ts";
import { NativeDecoderError } from "../src/media/native_decoder.ts";
import { startProgress } from "../src/report/progress.ts";
import { terminalWidth } from "../src/terminal/terminal_width.ts";
import { command, runCommand } from "./command.ts";
import { resolvePath } from "./paths.ts";
import { addDecoderFlags, addFilterFlags, readFilter } from "./run_flags.ts";

const describe = addDecoderFlags(addFilterFlags(
  command("describe", "Describe a folder of RAVDESS clips")
    .requiredOption("--data <dir>", "folder of the clips, searched with everything below it"),
)).option("--json", "print JSON instead of text");

await runCommand(describe, async (options) => {
  const dir = resolvePath(options.data as string);
  const { clips: all, skipped } = await scanCorpus(dir);
  const clips = filterClips(all, readFilter(options));
  if (clips.length === 0 && all.length > 0) {
    throw new CorpusError(dir, `none of its ${all.length} clips passes the filters; widen them`);
  }
  const synthetic = await readSyntheticManifest(dir) !== undefined;
  const concurrency = options.workers as number;
  const decoder = await createDecoder(options.decoder as DecoderName, { workers: concurrency });
  const progress = startProgress("describe", "clips");
  try {
    const found = await describeCorpus({ clips, skipped }, (path) => decoder.inspect(path), {
      concurrency,
      synthetic,
      onProgress: (done, total) => progress.update(done, total),
    });
    progress.stop();
    console.log(
      options.json ? JSON.stringify(found, null, 2) : formatDescription(found, terminalWidth()),
    );
    if (found.clips === 0) throw new CorpusError(dir, "no clip in it can be used");
  } finally {
    progress.stop();
    await decoder.close();
  }
}, [CorpusError, NativeDecoderError]);
