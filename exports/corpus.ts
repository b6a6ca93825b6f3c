/**
 * Corpora of emotional speech: their file names, lists of your own recordings, label maps.
 *
 * @example
 * ```ts
 * import { parseRavdessName } from "emofuse/corpus";
 * import assert from "node:assert/strict";
 *
 * assert.equal(parseRavdessName("03-01-05-01-02-01-12.wav").emotion, "angry");
 * ```
 *
 * @module
 */

export type { Clip, ClipPart, ClipSpan, ClipTracks, SkippedFile } from "../src/corpus/clip.ts";
export type {
  ClipFilterOption,
  Corpus,
  CorpusCardTexts,
  CountedAttribute,
  FoldPreset,
  ReadClips,
} from "../src/corpus/corpus.ts";
export * from "../src/corpus/corpus_error.ts";
export * from "../src/corpus/filter.ts";
export * from "../src/corpus/parse/flag_value_error.ts";
export * from "../src/corpus/label_maps/label_map.ts";
export { LABEL_MAPS } from "../src/corpus/label_maps/registry.ts";
export type { ListChoice } from "../src/corpus/manifest/list_choice.ts";
export type { OldNames } from "../src/corpus/old_names.ts";
export type {
  ArchiveContents,
  GitHubPublication,
  Publication,
  RepositoryFolder,
  ZenodoPublication,
} from "../src/corpus/published.ts";
export * from "../src/corpus/ravdess/fields.ts";
export {
  formatRavdessName,
  parseRavdessName,
  performanceId,
  RavdessNameError,
} from "../src/corpus/ravdess/name.ts";
export * from "../src/corpus/ravdess/ravdess.ts";
export * from "../src/corpus/registry.ts";
export * from "../src/corpus/scan.ts";
export * from "../src/corpus/scan_folders.ts";
export {
  type EncodeSyntheticClip,
  type SyntheticClip,
  type SyntheticOptions,
  writeSyntheticCorpus,
  type WriteSyntheticOptions,
  type WrittenCorpus,
} from "../src/corpus/synthetic/write_synthetic_corpus.ts";
export { type CorpusWords, GENERAL_WORDS, type Noun } from "../src/corpus/words.ts";
export type {
  MODALITIES as USED_MODALITIES,
  Modality as UsedModality,
  RunModality,
  Seen,
} from "../src/modality.ts";
