import type { SkippedFile } from "../../corpus/clip.ts";
import type { ExtractedSample } from "../extract/extract.ts";

/**
 * Files of different names and the same bytes are one take, whatever their names say: published
 * corpora have such pairs. Gives each sample the take that it shows, so that no protocol can put copies on two
 * sides, and names the copies.
 */
export function takesOf(
  samples: readonly ExtractedSample[],
): { takes: string[]; warnings: SkippedFile[] } {
  const first = new Map<string, { file: string; take: string }>();
  const warnings: SkippedFile[] = [];
  const takes = samples.map(({ sample, clips }) => {
    const entries = Object.entries(clips);
    const known = entries.map(([, hash]) => first.get(hash)).find((found) => found !== undefined);
    const take = known?.take ?? sample.take;
    for (const [file, hash] of entries) {
      const other = first.get(hash);
      if (!other) first.set(hash, { file, take });
      else if (other.take !== sample.take) {
        warnings.push({
          file,
          reason: `the same bytes as ${other.file}: both are kept on one side of every split`,
        });
      }
    }
    return take;
  });
  return { takes, warnings };
}
