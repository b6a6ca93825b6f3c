import { readdir } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { codeIdentity, PACKED_IDENTITY } from "../../src/pipeline/run/code_identity.ts";
import manifest from "../../deno.json" with { type: "json" };
import { readBytes } from "../../src/runtime/files/read_bytes.ts";
import { emitCode } from "./emit_code.ts";
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

/** The package that an import is of. */
const IMPORT = /(?:from|import|resolve\() ?\(?"((?:@[^/"]+\/)?[^./"@][^/":]*)(?:\/[^"]*)?"/g;

/**
 * The files of the npm package, by their paths in it.
 *
 * @throws {EmitError} If the code is wrong.
 */
export async function packageFiles(): Promise<ReadonlyMap<string, Uint8Array>> {
  const encoder = new TextEncoder();
  const files = new Map<string, Uint8Array>();
  const entries = [...Object.values(manifest.exports), COMMAND].map((path) =>
    path.replace(/^\.\//, "")
  );
  const used = new Set<string>();
  const starts = new Set(entries.map((path) => path.replace(/\.ts$/, ".js")));
  for (const [name, text] of emitCode(entries)) {
    const isScript = name.endsWith(".js");
    if (isScript) { for (const [, of] of text.matchAll(IMPORT)) used.add(of); }
    const begins = isScript && (starts.has(name) || name.endsWith("_worker.js"));
    files.set(name, encoder.encode(begins ? withCompat(name, text) : text));
  }
  files.set("README.md", await readBytes(join(ROOT, "docs/npm.md")));
  files.set("compat.js", await readBytes(new URL("./compat.js", import.meta.url)));
  for (const name of ASSETS) files.set(name, await readBytes(join(ROOT, name)));
  for (const name of await readdir(join(ROOT, PAGE))) {
    if (!OF_PACKAGES.test(name)) {
      files.set(`${PAGE}/${name}`, await readBytes(join(ROOT, PAGE, name)));
    }
  }
  const { runtime: _, ...identity } = await codeIdentity();
  files.set(PACKED_IDENTITY, encoder.encode(`${JSON.stringify(identity)}\n`));
  files.set("package.json", encoder.encode(packageJson(used)));
  return files;
}

/** A module that first brings along what an older Node lacks. */
function withCompat(name: string, text: string): string {
  const path = relative(dirname(name), "compat.js");
  const line = `import "${path.startsWith(".") ? path : `./${path}`}";\n`;
  return text.startsWith("#!") ? text.replace("\n", `\n${line}`) : line + text;
}
