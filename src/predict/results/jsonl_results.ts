import { partRecord } from "./part_record.ts";
import type { ResultFormat } from "./result_format.ts";

/** Results as JSON, a line a clip or part, each as {@linkcode partRecord} has it. */
export const JSONL_RESULTS: ResultFormat = {
  timed: false,
  async *format(_card, results) {
    for await (const { clip, parts } of results) {
      for (const part of parts) yield `${JSON.stringify(partRecord(clip.file, part))}\n`;
    }
  },
};
