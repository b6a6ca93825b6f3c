import type { SkippedFile } from "../../corpus/clip.ts";
import type { Corpus } from "../../corpus/corpus.ts";
import { orderLabels } from "../../corpus/order_labels.ts";
import { filesOf } from "./files_of.ts";
import { modalityWithout, type Sample } from "./samples.ts";

/** The corpus cannot be learned from; the message says which class lacks clips. */
export class ClassError extends Error {
  /** The error's class, for logs. */
  override readonly name = "ClassError";
  /** Files that gave no sample, and why: they may be what the classes lack. */
  readonly skipped: readonly SkippedFile[];
  /** The option that would make a difference, if one would. */
  readonly option?: string;

  /** Takes the message, what gave no sample, and the option that would make a difference. */
  constructor(message: string, skipped: readonly SkippedFile[], option?: string) {
    super(message);
    this.skipped = skipped;
    this.option = option;
  }
}

/** Samples a class needs: one to learn from and one to be tested on. */
const FEWEST = 2;

/**
 * Leaves out the classes that have too few samples to be learned and tested. The
 * classes are in the corpus's order.
 *
 * @param corpus What knows the order of labels and what they are called.
 * @param skippedBefore Files that had given no sample until now, for the error.
 *
 * @throws {ClassError} If fewer than two classes are left; it names each class and its samples.
 */
export function usableClasses<T>(
  items: readonly T[],
  sampleOf: (item: T) => Sample,
  corpus: Pick<Corpus, "labels" | "words">,
  skippedBefore: readonly SkippedFile[] = [],
): { classes: string[]; kept: T[]; skipped: SkippedFile[] } {
  const counts = new Map<string, number>();
  for (const item of items) {
    const { label } = sampleOf(item);
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const classes = usableLabels(counts, corpus, skippedBefore);
  const kept = items.filter((item) => classes.includes(sampleOf(item).label));
  const rare = items.filter((item) => !classes.includes(sampleOf(item).label));
  const skipped = rare.flatMap((item) => {
    const sample = sampleOf(item);
    const { label } = sample;
    return filesOf(sample).map((file) => ({
      file,
      reason: rareReason(label, counts.get(label)!),
    }));
  });
  return { classes, kept, skipped };
}

/** Why samples of a label are left out of which there are too few. */
export function rareReason(label: string, count: number): string {
  return `only ${count} sample of "${label}": a class needs ${FEWEST}`;
}

/**
 * The labels that have enough samples to be learned and tested, in the corpus's order.
 *
 * @param counts Number of samples of each label.
 * @param skippedBefore Files that had given no sample until now, for the error.
 *
 * @throws {ClassError} If there are fewer than two; it names each label and its samples.
 */
export function usableLabels(
  counts: ReadonlyMap<string, number>,
  corpus: Pick<Corpus, "labels" | "words">,
  skippedBefore: readonly SkippedFile[],
): string[] {
  const labels = orderLabels(counts.keys(), corpus.labels);
  const classes = labels.filter((label) => counts.get(label)! >= FEWEST);
  if (classes.length >= 2) return classes;
  const found = labels.map((label) => `${label} ${counts.get(label)}`);
  const most = mostSkipped(skippedBefore);
  const modality = most && modalityWithout(most.reason);
  throw new ClassError(
    `at least two ${corpus.words.label.many} need ${FEWEST} usable samples or more each, but there ` +
      (found.length === 0 ? "is no usable sample" : `are only: ${found.join(", ")}`) +
      (most ? ` (${most.count} of ${skippedBefore.length} skipped files: ${most.reason})` : "") +
      (modality ? `; modality "${modality}" takes such files` : ""),
    skippedBefore,
    modality && "modality",
  );
}

/** Why most of the files were skipped; undefined where none was. */
function mostSkipped(
  skipped: readonly SkippedFile[],
): { reason: string; count: number } | undefined {
  const byReason = Map.groupBy(skipped, ({ reason }) => reason);
  return Array.from(byReason, ([reason, { length: count }]) => ({ reason, count }))
    .sort((a, b) => b.count - a.count)[0];
}
