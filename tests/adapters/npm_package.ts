import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { packageFiles } from "../../adapters/npm/package_files.ts";
import { buildPage } from "../../tasks/page.ts";

const MODULES = fileURLToPath(new URL("../../node_modules", import.meta.url));

/** The npm package, installed into an empty folder. */
export interface InstalledPackage extends AsyncDisposable {
  /** The folder, whose node_modules holds it. */
  readonly folder: string;
  /** Its files. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/**
 * Puts the package into the node_modules of a new folder, beside the packages that its package.json names and no
 * others. Those are this project's own: nothing is fetched.
 */
export async function installPackage(): Promise<InstalledPackage> {
  await buildPage();
  const files = await packageFiles();
  const folder = await mkdtemp(join(tmpdir(), "emofuse-npm-"));
  const modules = join(folder, "node_modules");
  for (const [name, bytes] of files) {
    const path = join(modules, "emofuse", name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
  }
  const { dependencies } = JSON.parse(new TextDecoder().decode(files.get("package.json")));
  for (const name of Object.keys(dependencies)) {
    await mkdir(dirname(join(modules, name)), { recursive: true });
    await symlink(join(MODULES, name), join(modules, name));
  }
  await writeFile(join(folder, "package.json"), '{ "type": "module", "private": true }\n');
  return {
    folder,
    files,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

/** What a program printed and how it ended. */
export interface ProgramResult {
  /** Exit code. */
  readonly code: number;
  /** Standard output. */
  readonly out: string;
  /** Standard error. */
  readonly err: string;
}

/** Runs Node in a folder, with nothing set but where programs are. */
export async function runNode(folder: string, ...args: string[]): Promise<ProgramResult> {
  const command = new Deno.Command("node", {
    args,
    cwd: folder,
    clearEnv: true,
    env: { PATH: Deno.env.get("PATH") ?? "", HOME: folder },
    stdin: "null",
  });
  const { code, stdout, stderr } = await command.output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, out, err };
}

/** Names of what is in a folder. */
export async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).sort();
}
