import { access, constants } from "node:fs/promises";
import type { SkippedFile } from "../corpus/clip.ts";
import type { Sample } from "../pipeline/samples/samples.ts";
import { describeFailure } from "../runtime/describe_failure.ts";
import { PlanError } from "./plan_error.ts";

/**
 * Checks that files which gave nothing are there and may be read: what a shared file system does not show for a moment
 * must not be left out of a run as what cannot be decoded is.
 *
 * @param samples Whose files were read.
 * @param skipped Those that gave nothing.
 *
 * @throws {PlanError} If one of them cannot be read.
 */
export async function checkReadable(
  samples: readonly Sample[],
  skipped: readonly SkippedFile[],
): Promise<void> {
  const files = new Set(skipped.map(({ file }) => file));
  for (const { picture, sound, landmarks } of samples) {
    for (const { file, path } of [...picture, ...sound, ...(landmarks ? [landmarks] : [])]) {
      if (!files.has(file)) continue;
      try {
        await access(path, constants.R_OK);
      } catch (cause) {
        throw new PlanError(
          `${path} cannot be read: ${
            describeFailure(cause)
          }; the plan has it: see that it is there, and do the ` +
            "shard again",
          { cause },
        );
      }
    }
  }
}
