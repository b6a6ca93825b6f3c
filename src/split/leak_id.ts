/** Identifier of a kind of leak, to which rows of the results and protocols refer. */
export type LeakId =
  | "twins"
  | "speakers"
  | "one-speaker"
  | "face-head"
  | "feature-networks"
  | "fits"
  | "transductive"
  | "silence";
