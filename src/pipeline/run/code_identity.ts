import { readdir, readFile, stat } from "node:fs/promises";
import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { isMissing } from "../../runtime/files/file_problem.ts";
import { runtimeName } from "../../runtime/runtime_versions.ts";
import { VERSION } from "../../runtime/manifest.ts";
import { readBytes } from "../../runtime/files/read_bytes.ts";

/** Which code a run was made by. */
export interface CodeIdentity {
  /** Version of Emofuse. */
  readonly version: string;
  /** SHA-256 over its sources and its compiled WebAssembly. */
  readonly sha256: string;
  /** SHA-256 of `deno.lock`: the exact versions of all packages. */
  readonly dependencies: string;
  /** The runtime and its version: `Deno 2.9.6`. */
  readonly runtime: string;
}

/** What the results of a run come from: sources and compiled modules, not tests, tasks or papers. */
const CODE = ["mod.ts", "src", "models"];
/** Where the compiled modules are, and below it what is bundled, packed and written of the sources. */
const COMPILED = "build";

/** Where a package tells what it was made of; a clone has no such file. */
export const PACKED_IDENTITY = "code.json";

/** The identity of the code that is running. */
export async function codeIdentity(): Promise<CodeIdentity> {
  const root = new URL("../../../", import.meta.url);
  const packed = await readFile(new URL(PACKED_IDENTITY, root), "utf8").catch((error) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  const code = packed === undefined ? await sourceIdentity(root) : JSON.parse(packed);
  return { ...code, runtime: runtimeName() };
}

/** The identity of the code of a clone. */
async function sourceIdentity(root: URL): Promise<Omit<CodeIdentity, "runtime">> {
  const hash = createHash("sha256");
  const sources = (await Promise.all(CODE.map((path) => list(path, root)))).flat();
  const modules = (await readdir(fileURLToPath(new URL(COMPILED, root))))
    .filter((name) => name.endsWith(".wasm"))
    .map((name) => `${COMPILED}/${name}`);
  for (const file of [...sources, ...modules].sort()) {
    hash.update(`${file}\n`).update(await readBytes(new URL(file, root)));
  }
  const packages = await readBytes(new URL("deno.lock", root));
  return {
    version: VERSION,
    sha256: hash.digest("hex"),
    dependencies: createHash("sha256").update(packages).digest("hex"),
  };
}

async function list(path: string, root: URL): Promise<string[]> {
  if (!(await stat(new URL(path, root))).isDirectory()) return [path];
  const names = await readdir(fileURLToPath(new URL(path, root)), { withFileTypes: true });
  const inside = names
    .filter((entry) => entry.isDirectory() || entry.name.endsWith(".ts"))
    .map(({ name }) => list(`${path}/${name}`, root));
  return (await Promise.all(inside)).flat();
}
