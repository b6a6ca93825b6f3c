/**
 * `deno task build`: compiles the AssemblyScript in dsp-as/ to build/*.wasm. The compiler runs inside
 * Deno, so that a build needs to start no other program.
 *
 * @module
 */

import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import compiler from "assemblyscript/package.json" with { type: "json" };
import { writeFileAtomically } from "../src/runtime/write_file_atomically.ts";
import { command, runCommand } from "./command.ts";
import { digest, isFresh, readSources, writeStamp } from "./shared/stamp.ts";

/** One WebAssembly file to be built. */
export interface WasmTarget {
  /** Name of the file in build/. */
  readonly output: string;
  /** Path of the entry file inside dsp-as/. */
  readonly entry: string;
  /** Options of the AssemblyScript compiler, beyond those that all targets share. */
  readonly options: readonly string[];
}

/** Everything that `deno task build` makes. */
export const targets: readonly WasmTarget[] = [
  // Engines without relaxed SIMD reject a whole file that uses it, hence two of each. The sources tell
  // them apart by the compile-time constant ASC_FEATURE_RELAXED_SIMD.
  { output: "dsp.wasm", entry: "dsp.ts", options: ["--enable", "simd"] },
  {
    output: "dsp.relaxed.wasm",
    entry: "dsp.ts",
    options: ["--enable", "simd", "--enable", "relaxed-simd"],
  },
  // The kernels work on the heap of tfjs's WASM backend: they own no memory and no data. That it has a page
  // at least spares V8 half of each bounds check, where it has to check.
  {
    output: "kernels.wasm",
    entry: "kernels.ts",
    options: ["--importMemory", "--initialMemory", "1", "--enable", "simd"],
  },
  {
    output: "kernels.relaxed.wasm",
    entry: "kernels.ts",
    options: [
      "--importMemory",
      "--initialMemory",
      "1",
      "--enable",
      "simd",
      "--enable",
      "relaxed-simd",
    ],
  },
];

const SHARED_OPTIONS = ["-O3", "--noAssert", "--runtime", "stub"];

/** AssemblyScript did not compile; the message is the compiler's own diagnostics. */
export class BuildError extends Error {
  /** Makes an error whose message names the target and quotes the compiler. */
  constructor(target: WasmTarget, diagnostics: string) {
    super(`dsp-as/${target.entry} does not compile to build/${target.output}:\n${diagnostics}`);
    this.name = "BuildError";
  }
}

/** What a build needs to know; the defaults build Emofuse itself. */
export interface BuildOptions {
  /** The folder that holds dsp-as/ and build/. Default: the project's root. */
  readonly root?: string;
  /** What to build. Default: {@linkcode targets}. */
  readonly targets?: readonly WasmTarget[];
}

/**
 * Brings build/ up to date and returns one line for each file written: none if nothing changed.
 * Each file is replaced in one step, so that a running task never loads half of one.
 *
 * @throws {BuildError} If the compiler reports an error. Files that are already there stay.
 */
export async function build(options: BuildOptions = {}): Promise<string[]> {
  const root = options.root ?? fileURLToPath(new URL("../", import.meta.url));
  const wanted = options.targets ?? targets;
  const sources = readSources(join(root, "dsp-as"), ".ts");
  const inputs = digest(
    JSON.stringify([compiler.version, SHARED_OPTIONS, wanted, [...sources].sort()]),
  );
  const stamp = join(root, "build", "stamp.json");
  if (await isFresh(stamp, inputs, join(root, "build"))) return [];

  const compiled: [WasmTarget, Uint8Array<ArrayBuffer>][] = [];
  for (const target of wanted) compiled.push([target, await compile(target, sources)]);

  const lines: string[] = [];
  await mkdir(join(root, "build"), { recursive: true });
  for (const [{ output, entry }, bytes] of compiled) {
    await writeFileAtomically(join(root, "build", output), bytes);
    lines.push(`build/${output}: ${bytes.length} bytes from dsp-as/${entry}`);
  }
  await writeStamp(
    stamp,
    inputs,
    compiled.map(([{ output }, bytes]) => [output, bytes] as const),
  );
  return lines;
}

/** Compiles from and to memory: the compiler sees exactly the text that went into the digest. */
async function compile(
  target: WasmTarget,
  sources: Map<string, string>,
): Promise<Uint8Array<ArrayBuffer>> {
  // Only here: loading the compiler takes longer than finding out that it is not needed.
  const { default: asc } = await import("assemblyscript/asc");
  let wasm: Uint8Array | undefined;
  const diagnostics = asc.createMemoryStream();
  const { error } = await asc.main(
    [target.entry, "--outFile", target.output, ...SHARED_OPTIONS, ...target.options],
    {
      stdout: diagnostics,
      stderr: diagnostics,
      readFile: (name) => sources.get(name) ?? null,
      writeFile: (_name, contents) => {
        if (typeof contents !== "string") wasm = contents;
      },
      listFiles: () => [],
    },
  );
  if (error || !wasm) {
    throw new BuildError(target, diagnostics.toString() || String(error ?? "no output"));
  }
  return wasm.slice();
}

if (import.meta.main) {
  await runCommand(
    command("build", "Compile the AssemblyScript of dsp-as/ to build/, when something changed."),
    async () => {
      // To standard error: what a task prints may be read by another program.
      for (const line of await build()) console.error(line);
    },
    [BuildError],
  );
}
