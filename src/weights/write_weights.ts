import { mkdir } from "node:fs/promises";
import { createHash } from "node:crypto";
import { dirname } from "node:path";
import { WeightsError } from "../../models/weights_error.ts";
import { writeFileAtomically } from "../runtime/write_file_atomically.ts";
import { register, type RegisteredWeights } from "./weights_registry.ts";

/**
 * Writes a file of weights, whole or not at all, and records it in the registry beside it; the folder is made if need
 * be.
 *
 * @param known What is known of it besides its size and hash.
 * @returns The entry of the registry.
 *
 * @throws {WeightsError} If it cannot be written.
 */
export async function writeWeights(
  out: string,
  weights: Uint8Array<ArrayBuffer>,
  { backbone, source, ...known }: Omit<RegisteredWeights, "sha256" | "bytes">,
): Promise<RegisteredWeights> {
  const entry = {
    backbone,
    source,
    sha256: createHash("sha256").update(weights).digest("hex"),
    bytes: weights.length,
    ...known,
  };
  try {
    await mkdir(dirname(out), { recursive: true });
    await writeFileAtomically(out, weights);
    await register(out, entry);
  } catch (cause) {
    if (cause instanceof WeightsError) throw cause;
    throw new WeightsError(`cannot write ${out}: ${(cause as Error).message}`, { cause });
  }
  return entry;
}
