import { createHash } from "node:crypto";
import { basename } from "node:path";
import { WeightsError } from "../../models/weights_error.ts";
import type { WeightsOrigin } from "./weights_registry.ts";

/** What the registry keeps of a file that weights were imported from, but for its kind. */
export type SourceFile = Omit<WeightsOrigin, "name">;

/** What is asked of a file. */
export interface SourceOptions {
  /** SHA-256 that it must have, in hexadecimal; left out, any. */
  readonly sha256?: string;
  /** Where it was downloaded from: errors then name that. */
  readonly url?: string;
}

/**
 * Describes a file and takes weights from it.
 *
 * @throws {WeightsError} If it has another SHA-256, or `take` throws one; the message names the file.
 */
export async function takeFrom<T>(
  file: string,
  bytes: Uint8Array,
  { sha256, url }: SourceOptions,
  take: () => T | Promise<T>,
): Promise<{ source: SourceFile; taken: T }> {
  const source = {
    file: basename(file),
    ...(url === undefined ? {} : { url }),
    bytes: bytes.length,
    sha256: createHash("sha256").update(bytes).digest("hex"),
  };
  try {
    if (sha256 !== undefined && sha256.toLowerCase() !== source.sha256) {
      throw new WeightsError(`its SHA-256 is ${source.sha256}, expected ${sha256}`);
    }
    return { source, taken: await take() };
  } catch (cause) {
    if (!(cause instanceof WeightsError)) throw cause;
    throw new WeightsError(`${url ?? file}: ${cause.message}`, { cause, option: cause.option });
  }
}
