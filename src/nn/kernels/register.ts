import * as tf from "@tensorflow/tfjs";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";

/**
 * A call of a kernel of the WASM backend.
 *
 * @internal
 */
export type KernelCall = Parameters<tf.KernelFunc>[0] & { readonly backend: BackendWasm };

/**
 * Registers a kernel for tfjs's WASM backend. `kernel` receives the kernel that it replaces, if there
 * is one, for the cases that it leaves to it.
 *
 * @internal
 */
export function registerWasmKernel(
  kernelName: string,
  kernel: (call: KernelCall, stock: tf.KernelFunc | undefined) => tf.TensorInfo | tf.TensorInfo[],
): void {
  const stock = (tf.getKernel(kernelName, "wasm") as tf.KernelConfig | null)?.kernelFunc;
  // tfjs warns about a second registration unless the first is withdrawn.
  if (stock) tf.unregisterKernel(kernelName, "wasm");
  tf.registerKernel({
    kernelName,
    backendName: "wasm",
    kernelFunc: (call) => kernel(call as KernelCall, stock),
  });
}

/**
 * Calls `use` with the address of `bytes` of scratch memory, a multiple of four. It is borrowed from tfjs's own
 * allocator, so that nothing else can be there.
 *
 * @internal
 */
export function withScratch(
  backend: BackendWasm,
  use: (address: number) => void,
  bytes: number,
): void {
  const scratch = backend.makeOutput([bytes / 4], "float32");
  try {
    use(backend.getMemoryOffset(scratch.dataId));
  } finally {
    backend.disposeData(scratch.dataId);
  }
}

/**
 * Whether the current backend has the kernel `name`. Emofuse's layers use their own kernels where they are
 * and compose tfjs's operations elsewhere.
 *
 * @internal
 */
export function hasKernel(name: string): boolean {
  return Boolean(tf.getKernel(name, tf.getBackend()));
}
