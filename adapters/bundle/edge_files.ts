import { readBytes } from "../../src/runtime/files/read_bytes.ts";
import { bundleCode, type CodeFile } from "./bundle_code.ts";
import { CodeBundleError } from "./bundle_error.ts";
import { CORE_FILES, CORE_PACKAGE, CORE_SCRIPT, coreFile } from "./core_files.ts";
import { sha256Hex } from "../../models/sha256.ts";
import { licenceTexts } from "./licence_texts.ts";
import { WASM_FILES, wasmFile, type WasmFileName } from "./wasm_files.ts";
import { workerdConfig, wranglerConfig } from "../workerd/workerd_config.ts";
import { isClassical } from "../../src/classify/classical_registry.ts";
import type { ModelCard } from "../../src/recognize/bundle/model_card.ts";

/** Where bundled code runs. */
export type EdgeTarget = "browser" | "node" | "workerd";

/** The names of {@linkcode EdgeTarget}. */
export const EDGE_TARGETS: readonly EdgeTarget[] = ["browser", "node", "workerd"];

/** The name that a model has beside the code. */
export const MODEL_FILE = "model.emofuse";

/** The name of the file with the licences of all code beside it. */
export const LICENCES_FILE = "LICENSES.txt";

/** The package of which parts are compiled into Emofuse's own WebAssembly. */
const COMPILED_IN = "node_modules/assemblyscript";

/** A model to lie beside the code. */
export interface EdgeModel {
  /** The bundle. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What it says of itself. */
  readonly card: ModelCard;
}

/** What can be deployed: contents by file name. */
export type EdgeFiles = Map<string, Uint8Array>;

/**
 * Everything that a deployed recogniser consists of: code, WebAssembly, licences, configuration, and the
 * model, if one is given. Edge workers cannot do without one.
 *
 * @throws {CodeBundleError} If the code cannot be bundled, or a model is missing.
 */
export async function edgeFiles(target: EdgeTarget, model?: EdgeModel): Promise<EdgeFiles> {
  const files: EdgeFiles = new Map();
  if (target === "browser") await addBrowser(files);
  else if (target === "node") await addNode(files);
  else if (model) await addWorkerd(files, model.card);
  else throw new CodeBundleError("an edge worker is deployed with its model, and none was given");
  if (model) files.set(MODEL_FILE, model.bytes);
  if (target === "workerd") {
    files.set("workerd.capnp", encode(workerdConfig([...files.keys()])));
    files.set("wrangler.json", encode(wranglerConfig("worker.js")));
  }
  return files;
}

/** The page's service worker. */
const OFFLINE_WORKER = "offline_worker.js";

/** The modules that a browser loads by name. What they share is cut by their order as well. */
export const BROWSER_ENTRIES = {
  "emofuse": "adapters/browser/emofuse.ts",
  "recognizer_worker": "adapters/browser/recognizer_worker.ts",
  "page": "adapters/page/main.ts",
  "microphone_worklet": "adapters/page/devices/microphone_worklet.ts",
  "offline_worker": "adapters/page/offline/offline_worker.ts",
  "foreign_clip": "adapters/page/clip/foreign_clip.ts",
  "ffmpeg_worker": "src/media/ffmpeg/ffmpeg_worker.ts",
} as const;

/** What a page loads only for a clip that the browser cannot play. */
const LATER = ["foreign_clip.js", "ffmpeg_worker.js", CORE_SCRIPT, "ffmpeg-core.wasm"];

async function addBrowser(files: EdgeFiles): Promise<void> {
  await addCode(files, await bundleCode({ entries: BROWSER_ENTRIES, node: false }), [CORE_PACKAGE]);
  for (const name of CORE_FILES) files.set(name, await readBytes(coreFile(name)));
  for (const name of ["index.html", "page.css"]) {
    files.set(name, await readBytes(new URL(`../page/${name}`, import.meta.url)));
  }
  await addWasm(files, WASM_FILES);
  await nameFiles(files);
}

/** The page's service worker has to know what the page is made of, and when that changes. */
async function nameFiles(files: EdgeFiles): Promise<void> {
  const others = [OFFLINE_WORKER, "emofuse.js", ...LATER];
  const names = [...files.keys()].filter((name) =>
    /\.(html|css|js|wasm)$/.test(name) && !others.includes(name)
  ).sort();
  const contents = names.flatMap((name) => [encode(name), new Uint8Array(files.get(name)!)]);
  const digest = await sha256Hex(...contents);
  const head = `const EMOFUSE_FILES=${JSON.stringify(names)},EMOFUSE_LATER=${
    JSON.stringify(LATER)
  },EMOFUSE_DIGEST="${digest}";\n`;
  const code = new TextDecoder().decode(files.get(OFFLINE_WORKER));
  files.set(OFFLINE_WORKER, encode(head + code));
}

async function addNode(files: EdgeFiles): Promise<void> {
  const entries = {
    "server": "adapters/node/server.ts",
    "predict_worker": "adapters/node/predict_worker.ts",
    "emofuse": "adapters/node/emofuse.ts",
  };
  await addCode(files, await bundleCode({ entries, node: true }));
  files.set("package.json", encode('{ "type": "module" }\n'));
  await addWasm(files, WASM_FILES);
}

async function addWorkerd(files: EdgeFiles, { audio, video, landmarks }: ModelCard): Promise<void> {
  const listens = !video && audio !== undefined && !audio.ear && isClassical(audio.model) &&
    (!landmarks || isClassical(landmarks.model));
  const entries = { worker: `adapters/workerd/${listens ? "audio_worker" : "worker"}.ts` };
  const code = await bundleCode({ entries, node: false });
  // The entry comes first in a worker's configuration.
  await addCode(files, code.toSorted((a) => a.name === "worker.js" ? -1 : 0));
  await addWasm(
    files,
    listens
      ? ["dsp.relaxed.wasm"]
      : ["dsp.relaxed.wasm", "kernels.relaxed.wasm", "tfjs-backend-wasm-simd.wasm"],
  );
}

/** @param others Packages of which there are files beside the code. */
async function addCode(
  files: EdgeFiles,
  code: readonly CodeFile[],
  others: readonly string[] = [],
): Promise<void> {
  for (const { name, bytes } of code) files.set(name, bytes);
  const packages = [...code.flatMap(({ packages }) => packages), ...others];
  files.set(LICENCES_FILE, encode(await licenceTexts([...packages, COMPILED_IN])));
}

async function addWasm(files: EdgeFiles, names: readonly WasmFileName[]): Promise<void> {
  for (const name of names) {
    try {
      files.set(name, await readBytes(wasmFile(name)));
    } catch (cause) {
      throw new CodeBundleError(`${wasmFile(name)} cannot be read: run "deno task build"`, {
        cause,
      });
    }
  }
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
