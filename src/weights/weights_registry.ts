import { readFile } from "node:fs/promises";
import { createHash } from "node:crypto";
import { basename, dirname, join } from "node:path";
import { readBytes } from "../runtime/files/read_bytes.ts";
import { isMissing } from "../runtime/files/file_problem.ts";
import { WeightsError } from "../../models/weights_error.ts";
import type { Vgg16Preprocessing } from "../../models/vgg16_preprocessing.ts";
import { writeFileAtomically } from "../runtime/write_file_atomically.ts";

/** How weights are stored; `int8`, whole numbers with a step an output, is for Whisper's encoder alone. */
export type WeightsDtype = "float32" | "float16" | "int8";

/** The file a set of weights was imported from. */
export interface WeightsOrigin {
  /** What was recognised, such as `keras-vggface-notop`. */
  readonly name: string;
  /** The imported file's name. */
  readonly file: string;
  /** Where it was downloaded from, where Emofuse did that. */
  readonly url?: string;
  /** Length of that file in bytes. */
  readonly bytes: number;
  /** SHA-256 of that file. */
  readonly sha256: string;
}

/** What the registry says of one weights file. */
export interface RegisteredWeights {
  /** Name of the backbone it is for. */
  readonly backbone: string;
  /** What it was made from. */
  readonly source: WeightsOrigin;
  /** SHA-256 of the weights file itself. */
  readonly sha256: string;
  /** Length of the weights file in bytes. */
  readonly bytes: number;
  /** The hash that results and the feature store know the weights by. */
  readonly weightsHash: string;
  /** How the numbers are stored. */
  readonly dtype: WeightsDtype;
  /** How pictures are prepared for them; of networks that listen, nothing. */
  readonly preprocessing?: Vgg16Preprocessing;
  /** What they may be used for. */
  readonly licence: string;
}

/** Name of the registry's file, beside the weights it tells of. */
export const REGISTRY_FILE = "registry.json" as const;

/** Version of its form. */
const SCHEMA = "emofuse.weights/1";

/** A registered file and what became of it. */
export interface ListedWeights extends RegisteredWeights {
  /** The file's name in the registry's folder. */
  readonly file: string;
  /** Whether it is as it was written, another, or no longer there. */
  readonly state: "ok" | "changed" | "missing";
}

/**
 * The weights that were imported into the folder `dir`, by file name; none if there is no registry.
 *
 * @throws {WeightsError} If the registry is not one of this form.
 */
export async function readRegistry(dir: string): Promise<Record<string, RegisteredWeights>> {
  const path = join(dir, REGISTRY_FILE);
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    if (isMissing(cause)) return {};
    throw new WeightsError(`cannot read ${path}: ${(cause as Error).message}`, { cause });
  }
  let registry: { schema?: unknown; weights?: Record<string, RegisteredWeights> } | null = null;
  try {
    registry = JSON.parse(text);
  } catch {
    // Reported below: what is not JSON is as unusable as JSON of another form.
  }
  if (registry?.schema !== SCHEMA || typeof registry.weights !== "object") {
    throw new WeightsError(
      `${path} is not a registry of the form ${SCHEMA}: move it away and import the weights again`,
    );
  }
  return registry.weights;
}

/**
 * Records the weights file `path` in the registry beside it, in place of what was known of it. The
 * registry is replaced as a whole: it is never half written.
 *
 * @throws {WeightsError} If the registry is damaged.
 */
export async function register(path: string, weights: RegisteredWeights): Promise<void> {
  const dir = dirname(path);
  const all = { ...await readRegistry(dir), [basename(path)]: weights };
  const sorted = Object.fromEntries(Object.entries(all).sort(([a], [b]) => a < b ? -1 : 1));
  const text = JSON.stringify({ schema: SCHEMA, weights: sorted }, null, 2);
  await writeFileAtomically(join(dir, REGISTRY_FILE), `${text}\n`);
}

/**
 * Everything the registry of the folder `dir` holds; each file is read again to see whether it is
 * still the one that was written.
 *
 * @throws {WeightsError} If the registry is damaged.
 */
export async function listWeights(dir: string): Promise<ListedWeights[]> {
  const listed: ListedWeights[] = [];
  for (const [file, weights] of Object.entries(await readRegistry(dir))) {
    const sha256 = await sha256OfWeights(join(dir, file));
    const state = sha256 === undefined ? "missing" : sha256 === weights.sha256 ? "ok" : "changed";
    listed.push({ file, ...weights, state });
  }
  return listed;
}

async function sha256OfWeights(path: string): Promise<string | undefined> {
  let bytes;
  try {
    bytes = await readBytes(path);
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw new WeightsError(`cannot read ${path}: ${(cause as Error).message}`, { cause });
  }
  return createHash("sha256").update(bytes).digest("hex");
}
