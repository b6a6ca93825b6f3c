/**
 * `deno task manifest DIR`: writes the list of a folder's clips, to be completed and given to the other tasks.
 *
 * @module
 */

import { dirname, extname } from "node:path";
import { isThere } from "../src/runtime/files/is_there.ts";
import { CorpusError } from "../src/corpus/corpus_error.ts";
import { formatList } from "../src/corpus/manifest/format_list.ts";
import { listOfCorpus, skeletonList } from "../src/corpus/manifest/list_of_folder.ts";
import { LIST_FORMATS } from "../src/corpus/manifest/list_rows.ts";
import { findMedia, scanCorpus } from "../src/corpus/scan.ts";
import { writeFileAtomically } from "../src/runtime/write_file_atomically.ts";
import { command, runCommand, UsageError } from "./command.ts";
import { addListFlags, readListChoice } from "./flags/list_flags.ts";
import { namingFlag } from "./flags/naming_flag.ts";
import { resolvePath } from "./paths.ts";

const manifest = addListFlags(
  command("manifest", "Write the list of a folder's clips, for --data of the other tasks.")
    .argument("<dir>", "folder of the clips, searched with everything below it")
    .option("--out <file>", "the list: .csv, .tsv or .jsonl", "clips.csv")
    .option("--guess-speakers", "in a skeleton, call speakers as the folders their files lie in")
    .option("--force", "write over a list that is there already"),
);

await runCommand(manifest, async (options, [dir]) => {
  const { out, guessSpeakers = false, force = false } = options as {
    out: string;
    guessSpeakers?: boolean;
    force?: boolean;
  };
  const path = resolvePath(out);
  const format = LIST_FORMATS.find((format) => extname(path).toLowerCase() === `.${format}`);
  if (format === undefined) {
    const allowed = LIST_FORMATS.map((format) => `FILE.${format}`).join(", ");
    throw new UsageError(`--out ${out} is no name of a list; allowed: ${allowed}`);
  }
  if (!force && await isThere(path)) {
    throw new UsageError(`--out ${out} is there already; allowed: another name, or --force`);
  }
  const root = resolvePath(dir);
  const scanned = await scanCorpus(root, undefined, readListChoice(options));
  const isKnown = scanned.clips.length > 0 || scanned.lists !== undefined;
  const { media, skipped } = isKnown
    ? { media: [], skipped: scanned.skipped }
    : await findMedia(root);
  const { columns, rows } = isKnown
    ? listOfCorpus(scanned, dirname(path))
    : skeletonList(root, media.toSorted(), dirname(path), { guessSpeakers });
  await namingFlag(
    { flag: "--out", value: out },
    "cannot be written",
    () => writeFileAtomically(path, formatList(columns, rows, format)),
  );
  for (const { file, reason } of skipped) console.error(`skipped ${file}: ${reason}`);
  console.log(
    `${path}: ${rows.length} clips` +
      (isKnown
        ? ` of ${scanned.corpus.title}`
        : `, whose names are of no known corpus: fill in ${
          guessSpeakers ? "label, and check speaker" : "label and speaker"
        }`),
  );
}, [CorpusError]);
