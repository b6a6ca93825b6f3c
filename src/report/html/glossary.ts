import { type Markup, markup } from "./markup.ts";
import type { Section } from "./section.ts";

const TERMS: readonly (readonly [string, string])[] = [
  [
    "UAR",
    "Unweighted average recall: of each emotion’s clips, the share that was recognised; the mean over emotions. Chance is one over the number of emotions, whatever their balance.",
  ],
  [
    "95 % interval",
    "Accuracy: Wilson’s, as if clips were independent. UAR: a bootstrap that draws whole speakers with replacement, since clips of one speaker are alike.",
  ],
  [
    "Told apart",
    "McNemar’s exact test looks at the clips that only one of two rows gets right. Holm’s correction makes up for testing many rows. “Not told apart” does not mean “equal”: there may be too few clips to tell.",
  ],
  [
    "Leak",
    "Something the model could know of test clips and could not know in use. Leaks make numbers better, not models.",
  ],
  [
    "Speaker statistics",
    "“Own”: features are standardised by the mean and deviation of the same speaker’s clips, test clips included, without labels. It needs a few clips of a speaker before it can judge one. “Training”: mean and deviation of the training clips.",
  ],
  [
    "Log loss",
    "Mean negative logarithm of the probability given to the true emotion: to be sure and wrong costs much. Always saying 1/C costs ln C.",
  ],
  [
    "ECE",
    "Expected calibration error: the mean distance between how sure the model is and how often it is then right, in 15 bins.",
  ],
  [
    "Risk and coverage",
    "Answers are ranked by how sure the model is. Coverage: the share of them that is kept, the surest first. Risk: the share of the kept ones that is wrong. AURC is the mean risk over all coverages: less is better.",
  ],
  [
    "AUC",
    "Probability that a clip of an emotion gets a higher score for it than a clip of another; mean over emotions. Chance is 0.5.",
  ],
];

/** What the words on the page mean. */
export function glossary(): Section {
  return {
    id: "words",
    short: "Words",
    title: "What the words mean",
    body: markup`<dl class="glossary">${
      TERMS.map(([term, text]): Markup => markup`<dt>${term}</dt><dd>${text}</dd>`)
    }</dl>`,
  };
}
