import { readFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { basename } from "node:path";
import { CORPORA } from "../../src/corpus/registry.ts";
import type { FoldPlan } from "../../src/split/fold_plan.ts";
import { parseGivenFolds } from "../../src/split/given_folds.ts";
import { findProtocol, PROTOCOLS } from "../../src/split/protocols/registry.ts";
import { ProtocolError } from "../../src/split/protocol_error.ts";
import { describeFailure, isSystemFailure } from "../../src/runtime/describe_failure.ts";
import { UsageError } from "../command.ts";
import type { FoldsFlag } from "./parse_folds.ts";
import { resolvePath } from "../paths.ts";

/** The value of `--protocol` that lets it be chosen by the number of speakers. */
export const HONEST = "honest";

/**
 * Refuses folds that a protocol cannot divide by.
 *
 * @param chosen Words for why it is this protocol, where no flag says so.
 * @throws {UsageError} If they do not go together.
 */
export function checkFolds(plan: FoldPlan, protocol: string, chosen = ""): void {
  const why = findProtocol(protocol).refuses(plan);
  if (why === undefined) return;
  const allowed = PROTOCOLS.filter((other) => other.refuses(plan) === undefined)
    .map(({ name }) => name);
  throw new UsageError(
    `--folds${typeof plan === "object" ? "" : ` ${plan}`} does not go with --protocol ` +
      `${protocol}: ${why}; allowed: --protocol ${allowed.join(", ")}${chosen}`,
  );
}

/**
 * The division of the samples that `--folds` and `--hold-out` describe, or null for the protocol's own.
 *
 * @throws {UsageError} If the flags contradict each other or the protocol, or a file of folds cannot be
 * read.
 */
export function readFoldPlan(options: Record<string, unknown>): FoldPlan | null {
  const { folds, holdOut, protocol } = options as {
    folds?: FoldsFlag;
    holdOut?: number;
    protocol: string;
  };
  if (holdOut !== undefined) {
    if (folds !== undefined) {
      throw new UsageError("--hold-out does not go with --folds; allowed: one of the two");
    }
    return { holdOut };
  }
  if (folds === undefined) return null;
  const plan = typeof folds === "object" && "file" in folds ? readFile(folds.file) : folds;
  // Which protocol is honest is known when the clips are.
  if (protocol !== HONEST) checkFolds(plan, protocol);
  return plan;
}

function readFile(file: string): FoldPlan {
  try {
    const bytes = readFileSync(resolvePath(file));
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const words = CORPORA.map(({ words }) => words);
    return parseGivenFolds(new TextDecoder().decode(bytes), basename(file), sha256, words);
  } catch (error) {
    if (error instanceof ProtocolError) throw new UsageError(`--folds ${error.message}`);
    if (!isSystemFailure(error)) throw error;
    throw new UsageError(`--folds ${file} cannot be read: ${describeFailure(error)}`);
  }
}
