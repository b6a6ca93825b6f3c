import { commandLine } from "../runtime/invocation.ts";
import { resolve } from "node:path";
import { readBytes } from "../runtime/files/read_bytes.ts";
import { isMissing } from "../runtime/files/file_problem.ts";
import type { Backbone, BackboneInfo } from "../../models/backbone.ts";
import { type BackboneName, BACKBONES, type BackboneSpec } from "../../models/registry.ts";
import { WeightsError } from "../../models/weights_error.ts";
import { type Convolutions, initBackend } from "../nn/backend.ts";
import { SafetensorsError } from "../numeric/safetensors.ts";
import { isHdf5 } from "../weights/is_hdf5.ts";
import { packageFilePath, readPackageFile } from "../weights/package_file.ts";

/** Where a backbone's weights come from. */
export interface LoadBackboneOptions {
  /**
   * The imported weights file (.safetensors), for a backbone whose weights the user brings.
   *
   * @default {`.emofuse/weights/<name>.safetensors` in the working folder}
   */
  readonly weights?: string;
  /**
   * The seed of a backbone with random weights.
   *
   * @default {0}
   */
  readonly seed?: number;
  /**
   * What computes convolutions, where this is what starts tfjs.
   *
   * @default {"winograd"}
   */
  readonly convolutions?: Convolutions;
}

/**
 * Loads a backbone by name and makes tfjs's WASM backend ready for it.
 *
 * @example
 * ```ts
 * import { loadBackbone } from "./load_backbone.ts";
 * import assert from "node:assert/strict";
 *
 * const backbone = await loadBackbone("faceres");
 * const grey = new Uint8Array(2 * 64 * 64 * 3).fill(128);
 * assert.equal(backbone.embed(grey, { n: 2, height: 64, width: 64 }).length, 2 * 1024);
 * backbone.dispose();
 * ```
 *
 * @throws {WeightsError} If there is no such backbone, its weights are not there (the message says
 * which file to get and how to import it) or they are not valid, or `weights` is given to a backbone
 * that does not take any.
 * @throws {BackendError} If tfjs's WASM backend does not start.
 */
export async function loadBackbone(
  name: BackboneName,
  options: LoadBackboneOptions = {},
): Promise<Backbone> {
  const { spec, files, path } = await readBackboneFiles(name, options);
  await initBackend({ convolutions: options.convolutions });
  return await naming(path, () => spec.load(files, options.seed ?? 0));
}

/**
 * What {@linkcode loadBackbone} with the same arguments would give, without building the network: to
 * look up embeddings that may be cached already.
 *
 * @throws {WeightsError} As loadBackbone does.
 */
export async function describeBackbone(
  name: BackboneName,
  options: LoadBackboneOptions = {},
): Promise<BackboneInfo> {
  const { spec, files, path } = await readBackboneFiles(name, options);
  return {
    name,
    ...await naming(path, () => spec.describe(files, options.seed ?? 0)),
    channels: spec.channels,
    featureSize: spec.featureSize,
  };
}

/**
 * Absolute paths of the files that {@linkcode loadBackbone} reads: what a worker needs permission for.
 *
 * @throws {WeightsError} If there is no such backbone, or `weights` is given to one that takes none.
 */
export function backbonePaths(name: BackboneName, options: LoadBackboneOptions = {}): string[] {
  if (!Object.hasOwn(BACKBONES, name)) {
    throw new WeightsError(
      `there is no backbone "${name}"; there are ${Object.keys(BACKBONES).join(", ")}`,
    );
  }
  const { packageFiles, userWeights } = BACKBONES[name];
  if (userWeights !== undefined) return [resolve(options.weights ?? userWeights.defaultPath)];
  if (options.weights !== undefined) {
    throw new WeightsError(
      `the backbone ${name} takes no weights file, but ${options.weights} was given: ` +
        "leave the file out or choose another backbone",
      { option: "weights" },
    );
  }
  return (packageFiles ?? []).map(packageFilePath);
}

/** What a backbone is made of. */
export interface BackboneFiles {
  /** What is known of it. */
  readonly spec: BackboneSpec;
  /** The contents of its files, in the order of the registry. */
  readonly files: Uint8Array<ArrayBuffer>[];
  /** Path of the user's file, where there is one. */
  readonly path: string | undefined;
}

/**
 * Reads the files that {@linkcode loadBackbone} with the same arguments would read.
 *
 * @throws {WeightsError} As loadBackbone does, but for the files' contents.
 */
export async function readBackboneFiles(
  name: BackboneName,
  options: LoadBackboneOptions = {},
): Promise<BackboneFiles> {
  const paths = backbonePaths(name, options);
  const spec = BACKBONES[name];
  if (spec.userWeights === undefined) {
    const files = await Promise.all((spec.packageFiles ?? []).map(readPackageFile));
    return { spec, files, path: undefined };
  }
  const [path] = paths;
  let bytes;
  try {
    bytes = await readBytes(path);
  } catch (cause) {
    if (!(isMissing(cause))) {
      throw new WeightsError(`cannot read the weights file ${path}: ${(cause as Error).message}`, {
        cause,
      });
    }
    throw new WeightsError(
      `the weights of ${name} are not at ${path}: ${spec.userWeights.instructions}`,
      { cause },
    );
  }
  if (isHdf5(bytes)) {
    throw new WeightsError(
      `${path} is a Keras file: run "${
        commandLine("weights")
      } ${path}" and give the .safetensors it writes`,
    );
  }
  return { spec, files: [bytes], path };
}

/** Says in errors about a user's weights which file they are in. */
async function naming<T>(path: string | undefined, work: () => Promise<T>): Promise<T> {
  try {
    // `await` here, not at the caller: a rejected promise must be caught by this block.
    return await work();
  } catch (cause) {
    if (
      path === undefined || !(cause instanceof WeightsError || cause instanceof SafetensorsError)
    ) throw cause;
    throw new WeightsError(
      `${path}: ${cause.message}; import the weights again with "${commandLine("weights")}"`,
      { cause },
    );
  }
}
