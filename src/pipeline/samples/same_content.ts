import type { ClipSpan, SkippedFile } from "../../corpus/clip.ts";
import { withCopies } from "../../corpus/read_first.ts";
import { overlap } from "../../corpus/span.ts";
import type { ExtractedSample } from "../extract/extract_tools.ts";

/** How a warning of a copy ends. */
const TOGETHER = ": both are kept on one side of every split";

/** The first copy among warnings, for an error that copies may be the reason of; none if there is none. */
export function firstCopy(warnings: readonly SkippedFile[]): string[] {
  const copies = warnings.filter(({ reason }) => reason.endsWith(TOGETHER));
  if (copies.length === 0) return [];
  const [{ file, reason }] = copies;
  return [`${file}: ${reason.slice(0, -TOGETHER.length)} (the first of ${copies.length})`];
}

/** Something that a sample shows: a file, or a part of one. */
interface Shown {
  readonly file: string;
  readonly span: ClipSpan;
  readonly take: string;
}

/**
 * Files of different names and the same bytes are one take, whatever their names say: published
 * corpora have such pairs. So are parts of one recording that share some of it. Gives each sample the take that it
 * shows, so that no protocol can put copies on two sides, and names the copies.
 */
export function takesOf(
  samples: readonly ExtractedSample[],
): { takes: string[]; warnings: SkippedFile[] } {
  const shown = new Map<string, Shown[]>();
  const joined = new Map<string, string>();
  const root = (take: string): string => {
    const other = joined.get(take);
    return other === undefined ? take : root(other);
  };
  const warnings: SkippedFile[] = [];
  for (const { sample, clips } of samples) {
    const spans = new Map(
      [...sample.picture, ...sample.sound].flatMap(withCopies).map((
        { file, span },
      ) => [file, span]),
    );
    for (const [file, hash] of Object.entries(clips)) {
      const span = spans.get(file) ?? { start: 0 };
      const same = shown.get(hash) ?? [];
      const others = same.filter((other) =>
        overlap(span, other.span) && root(other.take) !== root(sample.take)
      );
      const [first] = others;
      if (first) {
        const what = spans.get(file) ? "shares a stretch with" : "the same bytes as";
        const reason = `${what} ${first.file}${TOGETHER}`;
        warnings.push({ file, reason });
      }
      for (const other of others) {
        if (root(other.take) !== root(sample.take)) joined.set(root(sample.take), root(other.take));
      }
      shown.set(hash, [...same, { file, span, take: sample.take }]);
    }
  }
  return { takes: samples.map(({ sample }) => root(sample.take)), warnings };
}
