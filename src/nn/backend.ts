import { instantiateKernels } from "./kernels/module.ts";
import { registerAdam } from "./kernels/adam.ts";
import { registerBatchMatMul } from "./kernels/batch_mat_mul.ts";
import { registerBatchNorm } from "./kernels/batch_norm.ts";
import { registerColumnSums } from "./kernels/column_sums.ts";
import { registerConv2DBias } from "./kernels/conv2d_bias.ts";
import { registerConv2D } from "./kernels/conv2d.ts";
import { registerConv2DGradients } from "./kernels/conv2d_gradients.ts";
import { registerIdentity } from "./kernels/identity.ts";
import { registerMaxPool } from "./kernels/max_pool.ts";
import { registerReluGrad } from "./kernels/relu_grad.ts";
import { startTfjs } from "./start_tfjs.ts";
import { compileWasm, type WasmSource } from "./wasm_source.ts";

/** Where {@linkcode initBackend} finds its WebAssembly. */
export interface BackendOptions {
  /**
   * tfjs's own WebAssembly: its build with SIMD and without threads.
   *
   * @default {`tfjs-backend-wasm-simd.wasm` of the npm package @tensorflow/tfjs-backend-wasm}
   */
  readonly tfjs?: WasmSource;
  /**
   * Emofuse's kernels.
   *
   * @default {`build/kernels.relaxed.wasm` where the engine has relaxed SIMD, else `build/kernels.wasm`}
   */
  readonly kernels?: WasmSource;
  /**
   * What computes 3 x 3 convolutions: Emofuse's kernels, or tfjs's own, which take several times as
   * long. Their results differ in the last bits.
   *
   * @default {"winograd"}
   */
  readonly convolutions?: Convolutions;
}

/** What computes 3 x 3 convolutions: Emofuse's kernels, or those that come with tfjs. */
export type Convolutions = "winograd" | "stock";

/** Thrown when the WASM backend or Emofuse's kernels cannot be started. */
export class BackendError extends Error {
  /** The error's class name. */
  override readonly name = "BackendError";
}

let started: Promise<void> | undefined;

/**
 * Makes tfjs's WASM backend the current one and registers the kernels that it lacks. Everything in
 * Emofuse that computes with tensors needs this once a thread; further calls return the first one's
 * promise and ignore their options. After a failure the next call tries again.
 *
 * All kernels of this backend are synchronous, so `dataSync()` never blocks on anything.
 *
 * @example
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { initBackend } from "./backend.ts";
 * import assert from "node:assert/strict";
 *
 * await initBackend();
 * assert.equal(tf.getBackend(), "wasm");
 * assert.deepEqual(tf.tidy(() => tf.sum([1, 2, 3]).dataSync()), Float32Array.of(6));
 * ```
 *
 * @throws {BackendError} If a WebAssembly file is missing or does not start.
 */
export function initBackend(options: BackendOptions = {}): Promise<void> {
  return started ??= start(options).catch((error) => {
    started = undefined;
    throw error;
  });
}

async function start(options: BackendOptions): Promise<void> {
  try {
    await startTfjs(await compileWasm(options.tfjs ?? defaultTfjs()));
  } catch (cause) {
    throw new BackendError(
      `tfjs's WASM backend does not start: ${(cause as Error).message}`,
      { cause },
    );
  }
  const kernels = await instantiateKernels(options.kernels).catch((cause) => {
    throw new BackendError(
      `Emofuse's kernels do not start (${cause.message}): run "deno task build", or pass them in ` +
        "initBackend({ kernels })",
      { cause },
    );
  });
  if (options.convolutions !== "stock") registerConv2D(kernels);
  registerAdam(kernels);
  registerBatchMatMul(kernels);
  registerBatchNorm(kernels);
  registerColumnSums(kernels);
  registerConv2DBias();
  registerConv2DGradients(kernels);
  registerMaxPool(kernels);
  registerReluGrad(kernels);
  registerIdentity();
}

function defaultTfjs(): URL {
  return new URL(
    "tfjs-backend-wasm-simd.wasm",
    import.meta.resolve("@tensorflow/tfjs-backend-wasm"),
  );
}
