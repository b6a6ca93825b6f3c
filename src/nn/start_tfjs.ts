import * as tf from "@tensorflow/tfjs";
import { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import wasmFactory from "@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.js";

/** What Emscripten's glue makes of the module, as far as it is used here. */
interface EmscriptenModule {
  cwrap(name: string, result: string | null, parameters: readonly string[]): unknown;
  tfjs?: Record<string, unknown>;
}

/** The settings of Emscripten's glue that are used here. */
interface EmscriptenSettings {
  /** Instantiates the module in the glue's place; called once, with what the module imports. */
  instantiateWasm(
    imports: WebAssembly.Imports,
    done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ): Record<string, never>;
}

/**
 * Makes tfjs's WASM backend the current one, on a module that is compiled already. tfjs's own start
 * compiles bytes that it fetches itself, which edge workers forbid and where a failure cannot be
 * caught; this does the same with the glue's `instantiateWasm`, as of tfjs 4.22
 * (`tfjs-backend-wasm/src/backend_wasm.ts`, `init`).
 *
 * @throws {Error} If the module is not tfjs's, or tfjs does not accept the backend.
 */
export async function startTfjs(module: WebAssembly.Module): Promise<void> {
  const glue = await new Promise<EmscriptenModule>((resolve, reject) => {
    const settings: EmscriptenSettings = {
      instantiateWasm(imports, done) {
        WebAssembly.instantiate(module, imports)
          .then((instance) => done(instance, module))
          .catch(reject);
        return {};
      },
    };
    (wasmFactory as unknown as (settings: EmscriptenSettings) => Promise<EmscriptenModule>)(
      settings,
    )
      .then(resolve, reject);
  });
  glue.tfjs = {
    init: glue.cwrap("init", null, []),
    initWithThreadsCount: glue.cwrap("init_with_threads_count", null, ["number"]),
    getThreadsCount: glue.cwrap("get_threads_count", "number", []),
    registerTensor: glue.cwrap("register_tensor", null, ["number", "number", "number"]),
    disposeData: glue.cwrap("dispose_data", null, ["number"]),
    dispose: glue.cwrap("dispose", null, []),
  };
  // In the place of the one that tfjs registers when it is imported, which fetches its own files.
  tf.removeBackend("wasm");
  const backend = new BackendWasm(glue as never);
  tf.registerBackend("wasm", () => backend, PRIORITY);
  if (!await tf.setBackend("wasm")) {
    throw new Error("tfjs does not accept its WASM backend; it printed the reason above");
  }
}

/** That of tfjs's own registration: above the plain JavaScript backend. */
const PRIORITY = 2;
