import type { SkippedFile } from "../../src/corpus/clip.ts";
import { RAVDESS } from "../../src/corpus/ravdess/ravdess.ts";
import { readRavdessClips } from "../../src/corpus/ravdess/read_clips.ts";
import type { ScannedCorpus } from "../../src/corpus/scan.ts";

/** What `/data` would hold if these were its files, all of them named as RAVDESS names them. */
export function ravdessCorpus(
  files: readonly string[],
  skipped: readonly SkippedFile[] = [],
): ScannedCorpus {
  const { clips } = readRavdessClips("/data", files);
  return { root: "/data", corpus: RAVDESS, clips, skipped };
}
