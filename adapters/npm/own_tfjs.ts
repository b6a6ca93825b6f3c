import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type * as esbuild from "esbuild";

/** What is mended in tfjs's code for Node, so that one build runs in every runtime: it is asked for only there. */
const MENDED: Readonly<Record<string, string>> = {
  // In a module there is no `require`.
  "require('util')": `process.getBuiltinModule("node:util")`,
  "require('node-fetch')": "globalThis.fetch",
};

/**
 * Makes tfjs part of the bundle, of that what Emofuse uses: no layers, no data pipelines, no other backends, no build
 * with threads.
 */
export const ownTfjs: esbuild.Plugin = {
  name: "own-tfjs",
  setup(build) {
    build.onResolve({ filter: /^@tensorflow\/tfjs$/ }, () => ({
      path: fileURLToPath(new URL("./tfjs.ts", import.meta.url)),
    }));
    build.onResolve({ filter: /tfjs-backend-wasm-threaded-simd(\.worker)?\.js$/ }, () => ({
      path: "threads",
      namespace: "nothing",
    }));
    build.onLoad({ filter: /.*/, namespace: "nothing" }, () => ({
      contents: "export default undefined; export const wasmWorkerContents = undefined;",
    }));
    build.onLoad({ filter: /\/tfjs-core\/dist\/platforms\/platform_node\.js$/ }, ({ path }) => {
      let contents = readFileSync(path, "utf8");
      for (const [from, to] of Object.entries(MENDED)) {
        if (!contents.includes(from)) return { errors: [{ text: `${path} has no ${from}` }] };
        contents = contents.replace(from, to);
      }
      return { contents };
    });
    // Emscripten's glue is given its module compiled: it need not know in which runtime it is.
    build.onLoad({ filter: /\/wasm-out\/tfjs-backend-wasm\.js$/ }, ({ path }) => ({
      contents: `var process, __filename, __dirname;\n${readFileSync(path, "utf8")}`,
    }));
  },
};
