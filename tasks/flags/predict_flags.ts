import type { ClipFile } from "../../src/predict/clip_file.ts";
import { UsageError } from "../command.ts";

/** Flags of `deno task predict` of which one rules the other out, and what else is allowed. */
const APART: readonly (readonly [flag: string, other: string, also?: string])[] = [
  ["json", "jsonl"],
  ["json", "out", "--jsonl"],
  ["segments", "timeline"],
  ["out", "timeline"],
  ["faces", "segments"],
  ["faces", "timeline"],
  ["faces", "enrol"],
  ["faces", "enrolment"],
  ["landmarks", "segments"],
  ["landmarks", "faces"],
  ["landmarks", "timeline"],
];

/** Flags that are for whole clips. */
const OF_WHOLE_CLIPS = ["seconds", "segments", "faces", "timeline"];

/**
 * Checks that flags of `deno task predict` go together.
 *
 * @param flags What was given, by name.
 * @throws {UsageError} If they do not.
 */
export function checkPredictFlags(flags: Readonly<Record<string, unknown>>): void {
  const { window, timeline, faces } = flags;
  const isGiven = (name: string) => flags[name] !== undefined;
  for (const [flag, other, also] of APART) {
    // The largest face alone is what is looked at without the flag.
    const isSaid = flag !== "faces" || faces !== 1;
    if (!isGiven(flag) || !isGiven(other) || !isSaid) continue;
    const allowed = ["one of the two", ...also ? [`or ${also}`] : []].join(", ");
    throw new UsageError(`--${flag} does not go with --${other}; allowed: ${allowed}`);
  }
  if (window !== undefined && timeline === undefined) {
    throw new UsageError(
      `--window ${window} is the length of a timeline's windows; allowed: with --timeline FILE`,
    );
  }
}

/**
 * Checks that lists with the times of parts do not meet flags that are for whole clips.
 *
 * @throws {UsageError} If they do.
 */
export function checkSpans(
  clips: readonly ClipFile[],
  flags: Readonly<Record<string, unknown>>,
): void {
  const part = clips.find(({ span }) => span);
  const flag = OF_WHOLE_CLIPS.find((name) => flags[name] !== undefined);
  if (part && flag !== undefined) {
    throw new UsageError(
      `--${flag} does not go with the start and end of a list (${part.file}); allowed: one of the two`,
    );
  }
}
