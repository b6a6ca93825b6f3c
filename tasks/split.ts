/**
 * `deno task split --data DIR --out DIR`: writes the tutorial's two folders, the pictures without
 * sound and the sounds without picture.
 *
 * @module
 */

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { CorpusError } from "../src/corpus/corpus_error.ts";
import { filterClips } from "../src/corpus/filter.ts";
import { readFirst } from "../src/corpus/read_first.ts";
import { scanFolders } from "../src/corpus/scan_folders.ts";
import { createDecoder } from "../src/media/create_decoder.ts";
import type { DecoderName } from "../src/media/decoder_name.ts";
import { NativeDecoderError } from "../src/media/native_decoder.ts";
import { AUDIO_FOLDER, splitClip, VIDEO_FOLDER } from "../src/media/split_clip.ts";
import { describeFailure } from "../src/runtime/describe_failure.ts";
import { mapConcurrent } from "../src/runtime/map_concurrent.ts";
import { startProgress } from "../src/report/progress.ts";
import { command, parsed, positive, runCommand, UsageError } from "./command.ts";
import { corpusFlag, dataFlag, readFolders } from "./flags/data_flag.ts";
import { addFilterFlags, readFilter } from "./flags/filter_flags.ts";
import { addDecoderFlags } from "./flags/run_flags.ts";
import { resolvePath } from "./paths.ts";

/** Nothing could be split; the message says why. */
class SplitError extends Error {
  override readonly name = "SplitError";
}

const split = addDecoderFlags(addFilterFlags(
  command("split", "Write the picture-only and sound-only folders of the tutorial")
    .addOption(dataFlag().makeOptionMandatory())
    .addOption(corpusFlag())
    .requiredOption("--out <dir>", `folder to write ${VIDEO_FOLDER}/ and ${AUDIO_FOLDER}/ into`),
))
  .addOption(parsed("--seconds <s>", "length of the clips written", positive(60)).default(4))
  .addOption(parsed("--fps <n>", "frames a second", positive(120)).default(30));

await runCommand(split, async (options) => {
  const { data, folders = [{ dir: data }] } = readFolders(options);
  const out = resolvePath(String(options.out));
  const workers = options.workers as number;
  const window = { seconds: options.seconds as number, fps: options.fps as number };

  const scanned = await scanFolders(folders);
  if (Object.keys(scanned.lists ?? {}).length > 0) {
    throw new UsageError("--data names a list of clips; allowed: folders of whole ones");
  }
  const clips = filterClips(scanned, readFilter(options));
  if (clips.length === 0) {
    throw new SplitError(
      `none of the ${scanned.clips.length} clips in ${data} passes the filters: widen them`,
    );
  }
  for (const folder of [VIDEO_FOLDER, AUDIO_FOLDER]) {
    await mkdir(join(out, folder), { recursive: true }).catch((error) => {
      throw new UsageError(`--out ${out} cannot be written to: ${describeFailure(error)}`);
    });
  }

  const decoder = await createDecoder(options.decoder as DecoderName, { workers });
  const progress = startProgress("split", "clips");
  const left = [...scanned.skipped];
  let written = 0;
  let done = 0;
  try {
    await mapConcurrent(clips, workers, async (clip) => {
      // A silent sound track counts as sound: the tutorial uses it.
      const { name, tracks: { picture } } = clip;
      const { read, skipped } = await readFirst(
        clip,
        ({ path }) => splitClip(decoder, path, name, out, { ...window, picture }),
      );
      if (read) written++;
      for (const reason of read?.value ?? []) {
        console.error(`warning ${read!.clip.file}: ${reason}`);
      }
      left.push(...skipped);
      progress.update(++done, clips.length, clip.file);
    });
  } finally {
    progress.stop();
    await decoder.close();
  }

  left.sort((a, b) => a.file < b.file ? -1 : 1);
  for (const { file, reason } of left) console.error(`skipped ${file}: ${reason}`);
  console.log(
    `${written} clips written to ${out}` +
      (left.length > 0 ? `, ${left.length} skipped` : ""),
  );
  if (written === 0) throw new SplitError("no clip could be split");
}, [CorpusError, NativeDecoderError, SplitError]);
