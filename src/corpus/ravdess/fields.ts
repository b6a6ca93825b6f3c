/** What a clip carries: RAVDESS's first field, 01 to 03 in this order. */
export const MODALITIES = ["audio-video", "video-only", "audio-only"] as const;

/** What a clip carries. */
export type Modality = typeof MODALITIES[number];

/** Spoken or sung: RAVDESS's second field, 01 and 02 in this order. */
export const CHANNELS = ["speech", "song"] as const;

/** Spoken or sung. */
export type Channel = typeof CHANNELS[number];

/** The acted emotions: RAVDESS's third field, 01 to 08 in this order. */
export const EMOTIONS = [
  "neutral",
  "calm",
  "happy",
  "sad",
  "angry",
  "fearful",
  "disgust",
  "surprised",
] as const;

/** An acted emotion. */
export type Emotion = typeof EMOTIONS[number];

/** How strongly the emotion is acted: RAVDESS's fourth field, 01 and 02 in this order. */
export const INTENSITIES = ["normal", "strong"] as const;

/** How strongly the emotion is acted; there is no strong neutral. */
export type Intensity = typeof INTENSITIES[number];

/** The two sentences: RAVDESS's fifth field, 01 and 02 in this order. */
export const STATEMENTS = ["Kids are talking by the door", "Dogs are sitting by the door"] as const;

/** Number of the sentence: 1 "Kids are talking by the door", 2 "Dogs are sitting by the door". */
export type Statement = 1 | 2;

/** Number of the repetition: RAVDESS's sixth field. */
export type Repetition = 1 | 2;

/** Number of actors: RAVDESS's seventh field runs from 01 to this. */
export const ACTOR_COUNT = 24;

/** The seven fields of a RAVDESS file name, in the order in which the name holds them. */
export interface RavdessName {
  /** What the clip carries. */
  readonly modality: Modality;
  /** Spoken or sung. */
  readonly channel: Channel;
  /** The acted emotion. */
  readonly emotion: Emotion;
  /** How strongly it is acted; always `normal` for `neutral`. */
  readonly intensity: Intensity;
  /** Which sentence is said. */
  readonly statement: Statement;
  /** Which repetition of the same sentence in the same manner. */
  readonly repetition: Repetition;
  /** Who acts: 1 to 24; odd numbers are men, even numbers are women. */
  readonly actor: number;
}

/** Name of one of the seven fields. */
export type RavdessField = keyof RavdessName;

/** The fields in file name order, each with the names of its codes 01, 02, ... */
export const FIELD_VALUES: readonly {
  /** Which field. */
  readonly field: RavdessField;
  /** What its codes mean, code 01 first. */
  readonly names: readonly string[];
}[] = [
  { field: "modality", names: MODALITIES },
  { field: "channel", names: CHANNELS },
  { field: "emotion", names: EMOTIONS },
  { field: "intensity", names: INTENSITIES },
  { field: "statement", names: STATEMENTS.map((text) => `"${text}"`) },
  { field: "repetition", names: ["first", "second"] },
  { field: "actor", names: Array.from({ length: ACTOR_COUNT }, (_, i) => `actor ${i + 1}`) },
];
