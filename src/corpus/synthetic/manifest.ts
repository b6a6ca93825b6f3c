import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isAbsent } from "../../runtime/files/file_problem.ts";
import { CorpusError } from "../corpus_error.ts";

/** Name of the file that marks a folder as a synthetic corpus and lists what was written into it. */
export const SYNTHETIC_MANIFEST = "synthetic.json";

/** Name and version of the manifest's form. */
export const SYNTHETIC_SCHEMA = "emofuse.synthetic/1";

/** What {@linkcode SYNTHETIC_MANIFEST} holds. */
export interface SyntheticManifest {
  /** Name and version of this form. */
  readonly schema: typeof SYNTHETIC_SCHEMA;
  /** Version of the generator that drew and spoke the clips. */
  readonly generator: number;
  /** Seed of the corpus. */
  readonly seed: number;
  /** Number of its actors. */
  readonly actors: number;
  /** SHA-256 of every file in hexadecimal, or null for a file not written yet. */
  readonly files: Readonly<Record<string, string | null>>;
}

/**
 * Reads the manifest of a synthetic corpus: undefined for a folder that has none, and for one that
 * does not exist. A corpus of real clips has none, so this also tells synthetic from real.
 *
 * @throws {CorpusError} If the manifest is there but is not one, or may not be read.
 */
export async function readSyntheticManifest(dir: string): Promise<SyntheticManifest | undefined> {
  let text: string;
  try {
    text = await readFile(join(dir, SYNTHETIC_MANIFEST), "utf8");
  } catch (error) {
    if (isAbsent(error)) {
      return undefined;
    }
    throw new CorpusError(dir, `${SYNTHETIC_MANIFEST} cannot be read: ${error}`, { cause: error });
  }
  const manifest = parse(text);
  if (
    manifest?.schema !== SYNTHETIC_SCHEMA || typeof manifest.files !== "object" || !manifest.files
  ) {
    throw new CorpusError(
      dir,
      `${SYNTHETIC_MANIFEST} is not a manifest of this version of Emofuse; delete the folder to have it made anew`,
    );
  }
  return manifest as SyntheticManifest;
}

/** Starts a manifest with none of its files written. */
export function emptyManifest(
  generator: number,
  seed: number,
  actors: number,
  files: readonly string[],
): SyntheticManifest {
  const unwritten = Object.fromEntries(files.map((file) => [file, null]));
  return { schema: SYNTHETIC_SCHEMA, generator, seed, actors, files: unwritten };
}

function parse(text: string): Partial<SyntheticManifest> | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
