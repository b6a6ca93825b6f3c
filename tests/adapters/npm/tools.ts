import { join } from "node:path";
import { cachedFolder } from "../../cached.ts";
import { memo } from "../../memo.ts";
import { npmInstall } from "./npm_install.ts";

/** The runtimes that npm brings, by the packages that hold their programs for this machine. */
const MACHINE = `${Deno.build.os}-${Deno.build.arch === "x86_64" ? "x64" : "arm64"}`;
const BUN = `@oven/bun-${MACHINE.replace("arm64", "aarch64")}`;
const NODE_22 = `node-${MACHINE}`;

/** Programs of runtimes by their names. */
export type Runtimes = Readonly<Record<"bun" | "node22", string>>;

/**
 * Bun and Node 22, from npm (250 MB).
 *
 * @throws {NpmError} If there is no npm, or no way to its registry.
 */
export const runtimes: () => Promise<Runtimes> = memo(async () => {
  const folder = await cachedFolder(
    "runtimes of npm",
    (dir) => npmInstall(dir, [`${BUN}@1.4.5`, `${NODE_22}@22.23.5`]),
  );
  const program = (name: string, file: string) => join(folder, "node_modules", name, "bin", file);
  return { bun: program(BUN, "bun"), node22: program(NODE_22, "node") };
});

/**
 * A folder whose `node_modules` has Vite, webpack and esbuild (90 MB).
 *
 * @throws {NpmError} If there is no npm, or no way to its registry.
 */
export const bundlers: () => Promise<string> = memo(() =>
  cachedFolder(
    "bundlers",
    (dir) => npmInstall(dir, ["vite@8.4.0", "webpack@5.113.0", "esbuild@0.28.2"]),
  )
);

/**
 * The folder of what judges packages: publint and arethetypeswrong (40 MB).
 *
 * @throws {NpmError} If there is no npm, or no way to its registry.
 */
export const linters: () => Promise<string> = memo(() =>
  cachedFolder(
    "linters of packages",
    (dir) => npmInstall(dir, ["publint@0.3.25", "@arethetypeswrong/cli@0.18.5"]),
  )
);
