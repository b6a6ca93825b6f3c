/**
 * `deno task audit --data DIR --split FILE`: searches somebody else's split for leaks: speakers, takes, equal
 * files and equal recordings on two sides, files that are missing or in no fold.
 *
 * @module
 */

import process from "node:process";
import { auditFiles } from "../src/audit/audit_file.ts";
import { auditSplit } from "../src/audit/audit_split.ts";
import { auditRemarks, formatAudit } from "../src/audit/format_audit.ts";
import { loadDsp } from "../src/audio/load_dsp.ts";
import { CorpusError } from "../src/corpus/corpus_error.ts";
import { scanFolders } from "../src/corpus/scan_folders.ts";
import { GENERAL_WORDS } from "../src/corpus/words.ts";
import { createDecoder } from "../src/media/create_decoder.ts";
import { startProgress } from "../src/report/progress.ts";
import { checkSplitFlags, readSplit, type SplitFlags } from "./flags/audit_flags.ts";
import { command, EXIT_FAILED, namingOption, runCommand, UsageError } from "./command.ts";
import { resolvePath } from "./paths.ts";
import { corpusFlag } from "./flags/data_flag.ts";
import { workersFlag } from "./flags/run_flags.ts";

const audit = command("audit", "Search somebody else's split for leaks")
  .requiredOption("--data <dir>", "folder of the clips, searched with everything below it")
  .addOption(corpusFlag())
  .option(
    "--split <file...>",
    "a .csv, .tsv or .jsonl of file and fold (or split), or a list a fold; or the name of published folds",
  )
  .option("--train <file>", "list of the files for training, instead of --split")
  .option("--dev <file>", "list of the files for development")
  .option("--test <file>", "list of the files for testing")
  .addOption(workersFlag("clips decoded at once"))
  .option("--json", "print JSON, with every example");

await runCommand(audit, async (options) => {
  const flags: SplitFlags = options;
  checkSplitFlags(flags);
  const { data, corpus } = options as { data: string; corpus?: string };
  const scanned = await scanFolders([{ dir: resolvePath(data), corpus }]).catch((error) => {
    // Exit code 1 says that a split leaks, and nothing else.
    throw error instanceof CorpusError ? new UsageError(namingOption(error)) : error;
  });
  const files = auditFiles(scanned);
  const plan = await readSplit(flags, scanned.corpus, files);
  const workers = options.workers as number;
  const decoder = await createDecoder("wasm", { workers });
  const progress = startProgress("audit", "clips");
  try {
    const found = await auditSplit(files, plan, {
      decoder,
      dsp: await loadDsp(),
      // One clip is read from the disk while the others are decoded.
      concurrency: workers + 1,
      onProgress: (done, total) => progress.update(done, total),
    });
    progress.stop();
    // A folder of unknown names is no corpus, and has no words of its own.
    const words = scanned.clips.length > 0 ? scanned.corpus.words : GENERAL_WORDS;
    console.log(options.json ? JSON.stringify(found, null, 2) : formatAudit(found, words));
    for (const remark of auditRemarks(found, words)) console.error(remark);
    if (found.leaks.length > 0) process.exitCode = EXIT_FAILED;
  } finally {
    progress.stop();
    await decoder.close();
  }
}, []);
