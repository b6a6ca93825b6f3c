import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { CodeBundleError } from "./bundle_error.ts";
import { CORE_SCRIPT } from "./core_files.ts";
import { packagesOf } from "./packages_of.ts";

/** What is bundled, and for whom. */
export interface CodeOptions {
  /** Entry modules, as paths from the project's root, by the names that they get, without `.js`. */
  readonly entries: Readonly<Record<string, string>>;
  /** Whether Node's own modules may be imported. */
  readonly node: boolean;
}

/** One file of bundled code. */
export interface CodeFile {
  /** Its name within the folder that it is written to. */
  readonly name: string;
  /** What is in it. */
  readonly bytes: Uint8Array;
  /** Names of the files that are loaded with it. */
  readonly imports: readonly string[];
  /** Names of the files that are loaded only when they are needed. */
  readonly laterImports: readonly string[];
  /** Folders of the packages whose code is in it, from the project's root. */
  readonly packages: readonly string[];
}

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Bundles modules and what they import into few files of minified JavaScript, ready for an engine that
 * knows neither TypeScript nor npm. What several entries share, and what is imported dynamically, are files
 * of their own, so that a recogniser that only listens never loads a line of tfjs. Imports of `./*.wasm` and
 * `./*.emofuse` stay as they are: edge workers get these files beside the code.
 *
 * @throws {CodeBundleError} If a module is not found or cannot be parsed.
 */
export async function bundleCode({ entries, node }: CodeOptions): Promise<CodeFile[]> {
  try {
    const { outputFiles, metafile } = await esbuild.build({
      absWorkingDir: ROOT,
      entryPoints: { ...entries },
      bundle: true,
      splitting: true,
      minify: true,
      metafile: true,
      write: false,
      outdir: ".",
      format: "esm",
      target: "es2022",
      chunkNames: "[name]-[hash]",
      legalComments: "linked",
      logLevel: "silent",
      plugins: [slimTfjs, ffmpegBeside],
      ...(node ? NODE : WEB),
    });
    return outputFiles.map(({ path, contents }) => {
      const name = path.slice(ROOT.length);
      const output = metafile.outputs[name];
      const imports = output?.imports.filter(({ external }) => !external) ?? [];
      return {
        name,
        bytes: contents,
        imports: imports.filter(({ kind }) => kind === "import-statement").map(({ path }) => path),
        laterImports: imports.filter(({ kind }) => kind === "dynamic-import").map(({ path }) =>
          path
        ),
        packages: packagesOf(Object.keys(output?.inputs ?? {})),
      };
    });
  } catch (error) {
    throw CodeBundleError.of(error);
  } finally {
    await esbuild.stop();
  }
}

/** What is different between engines. */
type Platform = Pick<
  esbuild.BuildOptions,
  "platform" | "define" | "mainFields" | "banner" | "external"
>;

/** Modules that lie beside the code as files. */
const EXTERNAL = ["*.wasm", "*.emofuse"];

/**
 * Packages' builds for browsers. Workers of Cloudflare have a `process`, and then tfjs and Emscripten's glue
 * take them for Node.
 */
const WEB: Platform = { platform: "browser", external: EXTERNAL, define: { process: "undefined" } };

/** CommonJS inside an ES module asks for a `require` and the two names of its file. */
const NODE: Platform = {
  platform: "node",
  // What tfjs asks for where Node has no fetch.
  external: [...EXTERNAL, "node-fetch"],
  mainFields: ["module", "main"],
  banner: {
    js: 'import { createRequire as emofuseRequire } from "node:module";' +
      "const require = emofuseRequire(import.meta.url);" +
      "const __filename = import.meta.filename, __dirname = import.meta.dirname;",
  },
};

/** Takes of tfjs what a recogniser runs: no layers, data or other backends, and no build with threads. */
const slimTfjs: esbuild.Plugin = {
  name: "slim-tfjs",
  setup(build) {
    build.onResolve({ filter: /^@tensorflow\/tfjs$/ }, () => ({
      path: `${ROOT}adapters/bundle/tfjs.ts`,
    }));
    build.onResolve({ filter: /tfjs-backend-wasm-threaded-simd(\.worker)?\.js$/ }, () => ({
      path: "threads",
      namespace: "nothing",
    }));
    build.onLoad({ filter: /.*/, namespace: "nothing" }, () => ({
      contents: "export default undefined; export const wasmWorkerContents = undefined;",
    }));
  },
};

/** ffmpeg.wasm is a program of its own, under its own licence: its script lies beside the code as a file. */
const ffmpegBeside: esbuild.Plugin = {
  name: "ffmpeg-beside",
  setup(build) {
    build.onResolve({ filter: /^@ffmpeg\/core$/ }, () => ({
      path: `./${CORE_SCRIPT}`,
      external: true,
    }));
  },
};
