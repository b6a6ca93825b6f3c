import { instantiateKernels } from "./kernels/module.ts";
import { registerAdam } from "./kernels/adam.ts";
import { registerAttention } from "./kernels/transformer/attention.ts";
import { registerBatchMatMul } from "./kernels/batch_mat_mul.ts";
import { registerBatchNorm } from "./kernels/batch_norm.ts";
import { registerColumnSums } from "./kernels/column_sums.ts";
import { registerConv2DBias } from "./kernels/conv2d_bias.ts";
import { registerConv2D } from "./kernels/conv2d.ts";
import { registerConv2DGradients } from "./kernels/conv2d_gradients.ts";
import { registerFusedMatMul } from "./kernels/fused_mat_mul.ts";
import { registerGelu } from "./kernels/transformer/gelu.ts";
import { registerIdentity } from "./kernels/identity.ts";
import { registerLayerNorm } from "./kernels/transformer/layer_norm.ts";
import { registerMaxPool } from "./kernels/max_pool.ts";
import { registerReluGrad } from "./kernels/relu_grad.ts";
import { registerSoftmax } from "./kernels/transformer/softmax.ts";
import { startTfjs } from "./start_tfjs.ts";
import { locateWasm } from "./locate_wasm.ts";
import { GET_WASM } from "../runtime/invocation.ts";
import { compileWasm, isSameSource, type WasmSource } from "./wasm_source.ts";

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
   * What computes convolutions: Emofuse's kernels, or tfjs's own, which take several times as
   * long. Their results differ in the last bits.
   *
   * @default {"winograd"}
   */
  readonly convolutions?: Convolutions;
}

/** What computes convolutions: Emofuse's kernels, or those that come with tfjs. */
export type Convolutions = "winograd" | "stock";

/** Thrown when the WASM backend or Emofuse's kernels cannot be started. */
export class BackendError extends Error {
  /** The error's class name. */
  override readonly name = "BackendError";
}

let started: { readonly settings: Settings; readonly done: Promise<void> } | undefined;

/** What a backend was started with, defaults included. */
type Settings = Readonly<Required<BackendOptions>>;

/**
 * Makes tfjs's WASM backend the current one and registers the kernels that it lacks. Everything in
 * Emofuse that computes with tensors needs this once a thread. A thread has one backend: a further call
 * waits for the first one, and may not ask for anything else than what that one started; what it leaves
 * out may be as it is. After a failure the next call tries again.
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
 * @throws {BackendError} If a WebAssembly file is missing or does not start, or the thread's backend was
 * started with other settings.
 */
export async function initBackend(options: BackendOptions = {}): Promise<void> {
  if (started === undefined) {
    const settings = withDefaults(options);
    started = { settings, done: start(settings) };
  }
  const { settings, done } = started;
  try {
    await done;
  } catch (error) {
    if (started?.done === done) started = undefined;
    throw error;
  }
  refuseOthers(settings, options);
}

function withDefaults({ tfjs, kernels, convolutions = "winograd" }: BackendOptions): Settings {
  return {
    tfjs: tfjs ?? locateWasm("tfjs"),
    kernels: kernels ?? locateWasm("kernels"),
    convolutions,
  };
}

/** Two models that want different kernels cannot share a thread: one would run on the other's. */
function refuseOthers(
  { tfjs, kernels, convolutions }: Settings,
  asked: BackendOptions,
): void {
  if (asked.convolutions !== undefined && asked.convolutions !== convolutions) {
    throw new BackendError(
      `convolutions are "${convolutions}" in this thread and "${asked.convolutions}" is asked for: ` +
        "use a worker of its own, or the same for both",
    );
  }
  for (
    const [name, first, now] of [["tfjs", tfjs, asked.tfjs], [
      "kernels",
      kernels,
      asked.kernels,
    ]] as const
  ) {
    if (now !== undefined && !isSameSource(first, now)) {
      throw new BackendError(
        `the backend of this thread was started with another WebAssembly for "${name}": leave it ` +
          "out, give the same, or use a worker of its own",
      );
    }
  }
}

async function start(options: Settings): Promise<void> {
  try {
    await startTfjs(await compileWasm(options.tfjs));
  } catch (cause) {
    throw new BackendError(
      `tfjs's WASM backend does not start: ${(cause as Error).message}`,
      { cause },
    );
  }
  const kernels = await instantiateKernels(options.kernels).catch((cause) => {
    throw new BackendError(
      `Emofuse's kernels do not start (${cause.message}): ${GET_WASM}, or pass them in ` +
        "initBackend({ kernels })",
      { cause },
    );
  });
  if (options.convolutions !== "stock") registerConv2D(kernels);
  registerAdam(kernels);
  registerAttention(kernels);
  registerBatchMatMul(kernels);
  registerBatchNorm(kernels);
  registerColumnSums(kernels);
  registerConv2DBias();
  registerConv2DGradients(kernels);
  registerFusedMatMul(kernels);
  registerGelu(kernels);
  registerLayerNorm(kernels);
  registerMaxPool(kernels);
  registerReluGrad(kernels);
  registerSoftmax(kernels);
  registerIdentity();
}
