import { readBytes } from "../runtime/files/read_bytes.ts";
import { isMissing } from "../runtime/files/file_problem.ts";
import { commandLine } from "../runtime/invocation.ts";
import type { Ear, EarInfo } from "../../models/ear.ts";
import { openEar } from "../../models/ears.ts";
import { WeightsError } from "../../models/weights_error.ts";
import { SafetensorsError } from "../numeric/safetensors.ts";

/**
 * The bytes of a file of a trained ear's weights.
 *
 * @throws {WeightsError} If it cannot be read; the message says how to get one.
 */
async function readEarFile(path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await readBytes(path);
  } catch (cause) {
    const why = isMissing(cause)
      ? `it is not there: import Whisper's encoder with "${commandLine("weights")}"`
      : (cause as Error).message;
    throw new WeightsError(`cannot read the ear's weights ${path}: ${why}`, { cause });
  }
}

/**
 * What the ear of a file is, without building the network: to look up features that may be kept already.
 *
 * @throws {WeightsError} If the file cannot be read, or holds no ear that is known.
 */
export async function describeEar(path: string): Promise<EarInfo> {
  const bytes = await readEarFile(path);
  return await naming(path, () => {
    const { spec, file } = openEar(bytes);
    return spec.describe(file);
  });
}

/**
 * The ear of a file. The tfjs backend must be ready.
 *
 * @param weightsHash What {@linkcode describeEar} said of the weights, under which what the ear hears is kept.
 *
 * @throws {WeightsError} If the file cannot be read, or holds no ear that is known, or another one.
 */
export async function loadEar(path: string, weightsHash: string): Promise<Ear> {
  const { spec, file } = await openSameEar(path, weightsHash);
  return await spec.load(file, weightsHash);
}

/**
 * A file of a trained ear's weights, taken apart.
 *
 * @param weightsHash What {@linkcode describeEar} said of the weights.
 *
 * @throws {WeightsError} If the file cannot be read, or holds no ear that is known, or another one.
 */
export async function openSameEar(
  path: string,
  weightsHash: string,
): Promise<ReturnType<typeof openEar>> {
  const bytes = await readEarFile(path);
  return await naming(path, async () => {
    const opened = openEar(bytes);
    const { weightsHash: found } = await opened.spec.describe(opened.file);
    if (found !== weightsHash) {
      throw new WeightsError(`its weights have changed since the run began: ${found} now`);
    }
    return opened;
  });
}

/** Says in errors which file they are about. */
async function naming<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!(cause instanceof WeightsError || cause instanceof SafetensorsError)) throw cause;
    const how = `is it imported? "${commandLine("weights")} ${path}" does that`;
    const hint = cause instanceof SafetensorsError ? `; ${how}` : "";
    throw new WeightsError(`${path}: ${cause.message}${hint}`, { cause });
  }
}
