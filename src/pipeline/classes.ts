import { EMOTIONS } from "../corpus/ravdess/fields.ts";
import type { SkippedFile } from "../corpus/scan.ts";
import type { Sample } from "./samples.ts";

/** The corpus cannot be learned from; the message says which class lacks clips. */
export class ClassError extends Error {
  /** The error's class, for logs. */
  override readonly name = "ClassError";
  /** Files that gave no sample, and why: they may be what the classes lack. */
  readonly skipped: readonly SkippedFile[];

  /** Takes the message, and what gave no sample. */
  constructor(message: string, skipped: readonly SkippedFile[]) {
    super(message);
    this.skipped = skipped;
  }
}

/** Samples a class needs: one to learn from and one to be tested on. */
const FEWEST = 2;

/**
 * Leaves out the classes that have too few samples to be learned and tested. `skippedBefore` are the
 * files that had given no sample until now, for the error.
 *
 * @throws {ClassError} If fewer than two classes are left; it names each class and its samples.
 */
export function usableClasses<T>(
  items: readonly T[],
  sampleOf: (item: T) => Sample,
  skippedBefore: readonly SkippedFile[] = [],
): { classes: string[]; kept: T[]; skipped: SkippedFile[] } {
  const counts = new Map<string, number>();
  for (const item of items) {
    const { emotion } = sampleOf(item);
    counts.set(emotion, (counts.get(emotion) ?? 0) + 1);
  }
  const classes = EMOTIONS.filter((emotion) => (counts.get(emotion) ?? 0) >= FEWEST);
  if (classes.length < 2) {
    const found = EMOTIONS.filter((emotion) => counts.has(emotion))
      .map((emotion) => `${emotion} ${counts.get(emotion)}`);
    throw new ClassError(
      `at least two emotions need ${FEWEST} usable samples or more each, but there ` +
        (found.length === 0 ? "is no usable sample" : `are only: ${found.join(", ")}`),
      skippedBefore,
    );
  }
  const kept = items.filter((item) => classes.some((name) => name === sampleOf(item).emotion));
  const skipped = items.filter((item) => !kept.includes(item)).flatMap((item) => {
    const { emotion, picture, sound, landmarks = [] } = sampleOf(item);
    const files = new Set([...picture, ...sound].concat(landmarks).map(({ file }) => file));
    return [...files].map((file) => ({
      file,
      reason: `only ${counts.get(emotion)} sample of "${emotion}": a class needs ${FEWEST}`,
    }));
  });
  return { classes, kept, skipped };
}
