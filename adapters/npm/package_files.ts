import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { codeIdentity, PACKED_IDENTITY } from "../../src/pipeline/run/code_identity.ts";
import manifest from "../../deno.json" with { type: "json" };
import { readBytes } from "../../src/runtime/files/read_bytes.ts";
import { licenceTexts } from "../bundle/licence_texts.ts";
import { bundleCommonJs, bundlePackage, CODE_FOLDER } from "./bundle_package.ts";
import { CARRIED, carriedFiles } from "./carried_packages.ts";
import { emitDeclarations } from "./emit_declarations.ts";
import { flatName } from "./flat_addresses.ts";
import { packageJson } from "./package_json.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The command, beside what users import. */
const COMMAND = "tasks/emofuse.ts";

/** Files that code finds by their place, and papers. */
const ASSETS = [
  "CHANGELOG.md",
  "LICENSE",
  "build/dsp.wasm",
  "build/dsp.relaxed.wasm",
  "build/kernels.wasm",
  "build/kernels.relaxed.wasm",
  "models/pretrained/default.emofuse",
  "models/pretrained/LICENCES",
  "models/pretrained/README.md",
  "models/silero/LICENSE.txt",
  "models/silero/silero_vad_16k.safetensors",
  "adapters/bundle/licences/Apache-2.0.txt",
];

/** The page, of which what @ffmpeg/core brings is taken from there when it is served. */
const PAGE = "build/page";
const OF_PACKAGES = /^ffmpeg-core\./;

/** What brings along to everything what an older Node lacks, and to the command what Node 20 hides. */
const COMPAT = "compat.js";
const RELAXED_SIMD = "relaxed_simd.js";

/** Of an iterator's methods those that Node 20 lacks, all of ECMAScript 2025. */
const ITERATOR_METHODS =
  "drop every filter find flat-map for-each from map reduce some take to-array".split(" ");

/**
 * The modules of core-js for what Node 20 lacks: these alone, as their entries, such as `core-js/es/iterator`, bring
 * along later proposals and take twice as long to load.
 */
const LACKING = [
  "array.from-async",
  "map.group-by",
  "promise.with-resolvers",
  "iterator.constructor",
  ...ITERATOR_METHODS.map((name) => `iterator.${name}`),
].map((name) => `core-js/modules/es.${name}.js`);

/** Names of what begins in the code. */
const entryName = (path: string) => path === "mod.ts" ? "emofuse" : flatName(path);

/**
 * The files of the npm package, by their paths in it.
 *
 * @throws {CodeBundleError} If the code is wrong.
 * @throws {EmitError} If its types are.
 */
export async function packageFiles(): Promise<ReadonlyMap<string, Uint8Array>> {
  const encoder = new TextEncoder();
  const files = new Map<string, Uint8Array>();
  const entries = Object.values(manifest.exports).map((path) => path.replace(/^\.\//, ""));
  const code = await bundlePackage(
    Object.fromEntries(entries.map((path) => [entryName(path), path])),
    { command: COMMAND },
  );
  for (const [name, bytes] of code.files) {
    const first = code.starts.includes(name) ? [COMPAT] : [];
    if (name === `${CODE_FOLDER}/command.js`) first.push(RELAXED_SIMD);
    files.set(name, importingFirst(first, bytes));
  }
  for (const [name, text] of emitDeclarations(entries, [COMMAND])) {
    files.set(name, encoder.encode(text));
  }
  for (const name of [COMPAT, RELAXED_SIMD]) {
    files.set(`${CODE_FOLDER}/${name}`, await readBytes(new URL(name, import.meta.url)));
  }
  files.set(
    `${CODE_FOLDER}/core-js.cjs`,
    await bundleCommonJs(LACKING),
  );
  for (const [name, bytes] of await carriedFiles()) files.set(name, bytes);
  const carried = [...CARRIED, "core-js", "assemblyscript"].map((name) => `node_modules/${name}`);
  const licences = await licenceTexts([...code.packages, ...carried]);
  files.set("LICENSES.txt", encoder.encode(licences));
  files.set("README.md", await readBytes(join(ROOT, "docs/npm.md")));
  for (const name of ASSETS) files.set(name, await readBytes(join(ROOT, name)));
  for (const name of await readdir(join(ROOT, PAGE))) {
    if (!OF_PACKAGES.test(name)) {
      files.set(`${PAGE}/${name}`, await readBytes(join(ROOT, PAGE, name)));
    }
  }
  const { runtime: _, ...identity } = await codeIdentity();
  files.set(PACKED_IDENTITY, encoder.encode(`${JSON.stringify(identity)}\n`));
  files.set("package.json", encoder.encode(packageJson(code.imports)));
  return files;
}

/** A module that first imports files beside it. */
function importingFirst(names: readonly string[], bytes: Uint8Array): Uint8Array {
  const text = new TextDecoder().decode(bytes);
  const lines = names.map((name) => `import "./${name}";\n`).join("");
  return new TextEncoder().encode(
    text.startsWith("#!") ? text.replace("\n", `\n${lines}`) : lines + text,
  );
}
