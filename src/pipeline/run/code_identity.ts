import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import manifest from "../../../deno.json" with { type: "json" };

/** Which code a run was made by. */
export interface CodeIdentity {
  /** Version of Emofuse. */
  readonly version: string;
  /** SHA-256 over its sources and its compiled WebAssembly. */
  readonly sha256: string;
  /** SHA-256 of `deno.lock`: the exact versions of all packages. */
  readonly dependencies: string;
  /** Version of Deno. */
  readonly deno: string;
}

/** What the results of a run come from: sources and compiled modules, not tests, tasks or papers. */
const CODE = ["mod.ts", "src", "models", "build"];
const ENDINGS = [".ts", ".wasm"];

/** The identity of the code that is running. */
export async function codeIdentity(): Promise<CodeIdentity> {
  const root = new URL("../../../", import.meta.url);
  const hash = createHash("sha256");
  for (const file of (await Promise.all(CODE.map((path) => list(path, root)))).flat().sort()) {
    hash.update(`${file}\n`).update(await Deno.readFile(new URL(file, root)));
  }
  return {
    version: manifest.version,
    sha256: hash.digest("hex"),
    dependencies: createHash("sha256").update(await Deno.readFile(new URL("deno.lock", root)))
      .digest("hex"),
    deno: Deno.version.deno,
  };
}

async function list(path: string, root: URL): Promise<string[]> {
  const { isDirectory } = await Deno.stat(new URL(path, root));
  if (!isDirectory) return [path];
  const names = await Array.fromAsync(Deno.readDir(fileURLToPath(new URL(path, root))));
  const inside = names
    .filter(({ name, isDirectory }) => isDirectory || ENDINGS.some((end) => name.endsWith(end)))
    .map(({ name }) => list(`${path}/${name}`, root));
  return (await Promise.all(inside)).flat();
}
