import type { LabelMap } from "./label_map.ts";

/** Labels that stay as they are. */
function same(...labels: readonly string[]): Record<string, string> {
  return Object.fromEntries(labels.map((label) => [label, label]));
}

/** The six basic emotions (P. Ekman, "An argument for basic emotions", Cognition and Emotion 6, 1992). */
const EKMAN = ["happy", "sad", "angry", "fearful", "disgust", "surprised"];

/**
 * The label maps that have names, in the order of help.
 *
 * - `big4`: the four classes that most work on IEMOCAP keeps, excitement counted as happiness.
 * - `ekman6`: the six basic emotions; `ekman6+neutral`: and none. Calm is neither.
 * - `valence3`: negative, neutral, positive. Surprise may be either and is left out.
 */
export const LABEL_MAPS: readonly LabelMap[] = [
  {
    name: "big4",
    labels: { neutral: "neutral", happy: "happy", excited: "happy", sad: "sad", angry: "angry" },
  },
  { name: "ekman6", labels: same(...EKMAN) },
  { name: "ekman6+neutral", labels: same("neutral", ...EKMAN) },
  {
    name: "valence3",
    labels: {
      sad: "negative",
      angry: "negative",
      fearful: "negative",
      disgust: "negative",
      bored: "negative",
      neutral: "neutral",
      calm: "neutral",
      happy: "positive",
      excited: "positive",
    },
  },
];
