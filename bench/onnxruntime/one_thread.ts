/** A model that onnxruntime runs: one tensor in, one out. */
export type OnnxRun = (
  data: Float32Array,
  shape: readonly number[],
) => Promise<Float32Array>;

/** What is used of onnxruntime's API, the same in both packages. */
interface OnnxRuntime {
  env: { wasm: { numThreads?: number } };
  InferenceSession: {
    create(model: Uint8Array, options: Record<string, unknown>): Promise<{
      run(feeds: Record<string, unknown>): Promise<Record<string, { data: Float32Array }>>;
    }>;
  };
  Tensor: new (type: "float32", data: Float32Array, dims: readonly number[]) => unknown;
}

/**
 * Loads an ONNX model of an input `x` and an output `y` into onnxruntime with one thread.
 *
 * @param name Which onnxruntime: `onnxruntime-node` (native) or `onnxruntime-web` (WASM). Not a literal: the type checker
 * of the project, which has not installed them, must not look for it.
 */
export async function oneThread(name: string, model: Uint8Array): Promise<OnnxRun> {
  const ort: OnnxRuntime = await import(name);
  ort.env.wasm.numThreads = 1;
  const session = await ort.InferenceSession.create(model, {
    executionProviders: [name === "onnxruntime-node" ? "cpu" : "wasm"],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    graphOptimizationLevel: "all",
  });
  return async (data, shape) =>
    (await session.run({ x: new ort.Tensor("float32", data, shape) })).y.data;
}
