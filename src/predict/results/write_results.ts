import { extname } from "node:path";
import type { ModelCard } from "../../recognize/bundle/model_card.ts";
import { writeAudformat } from "./audformat_results.ts";
import { CSV_RESULTS } from "./csv_results.ts";
import { JSONL_RESULTS } from "./jsonl_results.ts";
import type { ClipResults, ResultFormat } from "./result_format.ts";
import { SRT_RESULTS, VTT_RESULTS } from "./subtitles.ts";
import { writeFileAtomically } from "../../runtime/write_file_atomically.ts";

/** The formats, by the extension of their files; a path without one is a folder in audformat. */
const FORMATS: Readonly<Record<string, ResultFormat>> = {
  ".csv": CSV_RESULTS,
  ".jsonl": JSONL_RESULTS,
  ".srt": SRT_RESULTS,
  ".vtt": VTT_RESULTS,
};

/** What results can be written to, in words. */
export const RESULT_TARGETS: string = `FILE${Object.keys(FORMATS).join(", FILE")}, or a folder ` +
  "without an extension, for audformat";

/** How results at `path` are written: to a folder, or to a file of one recording or of any. */
export function targetOf(path: string): "folder" | "timed" | "file" | undefined {
  const extension = extname(path).toLowerCase();
  if (extension === "") return "folder";
  const format = FORMATS[extension];
  return format && (format.timed ? "timed" : "file");
}

/**
 * Writes results in the format that the extension of `path` says, under another name first: whoever opens it sees all
 * of them.
 *
 * @param path Absolute path, of a kind that {@linkcode targetOf} knows.
 */
export async function writeResults(
  path: string,
  card: ModelCard,
  results: ClipResults,
): Promise<void> {
  const extension = extname(path).toLowerCase();
  if (extension === "") await writeAudformat(path, card, results);
  else await writeFileAtomically(path, FORMATS[extension].format(card, results));
}
