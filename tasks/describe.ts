/**
 * `deno task describe --data DIR`: says what a folder of clips holds: speakers by emotions, lengths,
 * twins of one take, silent sound tracks, and what had to be left out.
 *
 * @module
 */

import { CorpusError } from "../src/corpus/corpus_error.ts";
import { describeCorpus } from "../src/corpus/describe.ts";
import { filterClips } from "../src/corpus/filter.ts";
import { formatDescription } from "../src/corpus/format_description.ts";
import { scanFolders } from "../src/corpus/scan_folders.ts";
import { readSyntheticManifest } from "../src/corpus/synthetic/manifest.ts";
import { createDecoder } from "../src/media/create_decoder.ts";
import type { DecoderName } from "../src/media/decoder_name.ts";
import { NativeDecoderError } from "../src/media/native_decoder.ts";
import { startProgress } from "../src/report/progress.ts";
import { terminalWidth } from "../src/terminal/terminal_width.ts";
import { wrapText } from "../src/terminal/wrap_text.ts";
import { command, runCommand } from "./command.ts";
import { corpusFlag, dataFlag, readFolders } from "./flags/data_flag.ts";
import { addFilterFlags, readFilter } from "./flags/filter_flags.ts";
import { addListFlags, readListChoice } from "./flags/list_flags.ts";
import { addDecoderFlags } from "./flags/run_flags.ts";

const describe = addDecoderFlags(addListFlags(addFilterFlags(
  command("describe", "Describe a folder of clips")
    .addOption(dataFlag().makeOptionMandatory())
    .addOption(corpusFlag()),
))).option("--json", "print JSON instead of text");

await runCommand(describe, async (options) => {
  const { data: dir, folders = [{ dir }] } = readFolders(options);
  const scanned = await scanFolders(folders, undefined, readListChoice(options));
  if (scanned.why !== undefined) console.error(wrapText(`corpus: ${scanned.why}`, terminalWidth()));
  const clips = filterClips(scanned, readFilter(options));
  const n = scanned.clips.length;
  if (clips.length === 0 && n > 0) {
    throw new CorpusError(dir, `none of its ${n} clips passes the filters; widen them`);
  }
  const synthetic = await readSyntheticManifest(scanned.root) !== undefined;
  const concurrency = options.workers as number;
  const decoder = await createDecoder(options.decoder as DecoderName, { workers: concurrency });
  const progress = startProgress("describe", "clips");
  try {
    const found = await describeCorpus({ ...scanned, clips }, (path) => decoder.inspect(path), {
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
