import type { Sample } from "../samples/samples.ts";

/** What a row is of: the columns that come first. */
export interface RowKey {
  /** The file of the clip. */
  readonly file: string;
  /** Its class. */
  readonly label: string;
  /** Who speaks. */
  readonly speaker: string;
  /** The take. */
  readonly take: string;
  /** The frame, from 0, where a row is one. */
  readonly frame?: number;
}

/** The columns that come first where a row is a clip. */
export const KEY_COLUMNS: readonly (keyof RowKey)[] = ["file", "label", "speaker", "take"];

/** Features of clips, a row a clip or a frame of one. */
export interface FeatureTable {
  /** The columns that come first. */
  readonly columns: readonly (keyof RowKey)[];
  /** Names of the features, in the order of a row's numbers [width]. */
  readonly names: readonly string[];
  /** What each row is of, in their order. */
  readonly keys: readonly RowKey[];
  /** The numbers of each row [width], read once and one after the other. */
  readonly rows: AsyncIterable<Float32Array>;
}

/** What the row of a sample is of. */
export function rowKey({ id, sound, picture, label, speaker, take }: Sample): RowKey {
  return { file: (sound[0] ?? picture[0])?.file ?? id, label, speaker, take };
}
