import { describeFailure, isSystemFailure } from "../../src/runtime/describe_failure.ts";
import { UsageError } from "../command.ts";

/** A flag that names a file or folder, as the user typed it. */
export interface PathFlag {
  /** The flag, as in `--out`. */
  readonly flag: string;
  /** The path that it was given. */
  readonly value: string;
}

/** The system call at the end of Deno's messages, with a path that may be a temporary one. */
const SYSTEM_CALL = / \(os error \d+\)(: [a-z]+ '.*')?$/;

/**
 * Does `work` on the path of a flag; what the system refuses becomes a usage error.
 *
 * @throws {UsageError} If the system refuses it; the message names the flag.
 */
export async function namingFlag<T>(
  { flag, value }: PathFlag,
  cannot: "cannot be read" | "cannot be written",
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isSystemFailure(error)) throw error;
    const why = describeFailure(error).replace(SYSTEM_CALL, "");
    throw new UsageError(`${flag} ${value} ${cannot}: ${why}`);
  }
}
