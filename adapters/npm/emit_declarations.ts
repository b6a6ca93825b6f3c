import { readFileSync } from "node:fs";
import { join, normalize, relative } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** TypeScript whose types are wrong; the message is the compiler's. */
export class EmitError extends Error {
  /** The error's class, for logs. */
  override readonly name = "EmitError";
}

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.esnext.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts", "lib.dom.asynciterable.d.ts"],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  resolveJsonModule: true,
  allowImportingTsExtensions: true,
  rewriteRelativeImportExtensions: true,
  declaration: true,
  emitDeclarationOnly: true,
  removeComments: false,
  strict: true,
  skipLibCheck: true,
  noEmitOnError: false,
  types: ["node"],
  // The package brings no types.
  paths: { "@ffmpeg/core": [join(ROOT, "src/media/ffmpeg/ffmpeg_core_module.d.ts")] },
  typeRoots: [join(ROOT, "node_modules", "@types")],
  rootDir: ROOT,
  outDir: "/",
};

/** Declarations that stand for those of a module whose own would name a package that users do not have. */
const IN_PLACE: Readonly<Record<string, string>> = {
  "src/nn/tensor.d.ts": readFileSync(new URL("./tensor.d.ts", import.meta.url), "utf8"),
};

/**
 * Declarations of modules and of all that they name, in the same folders as the sources.
 *
 * @param entries Paths from the project's root.
 * @param others Modules whose types are looked at and which nobody imports.
 * @returns The files, by their paths from the root.
 *
 * @throws {EmitError} If something is wrong with the types.
 */
export function emitDeclarations(
  entries: readonly string[],
  others: readonly string[],
): ReadonlyMap<string, string> {
  const shim = join(ROOT, "adapters/npm/untyped.d.ts");
  const roots = [...entries, ...others].map((entry) => join(ROOT, entry));
  const host = ts.createCompilerHost(OPTIONS);
  const program = ts.createProgram([...roots, shim], OPTIONS, host);
  const problems = ts.getPreEmitDiagnostics(program);
  if (problems.length > 0) {
    throw new EmitError(ts.formatDiagnostics(problems.slice(0, 20), {
      getCanonicalFileName: (name) => name,
      getCurrentDirectory: () => ROOT,
      getNewLine: () => "\n",
    }));
  }
  const all = new Map<string, string>();
  program.emit(undefined, (path, text) => all.set(relative("/", path), ofScripts(text)));
  for (const [name, text] of Object.entries(IN_PLACE)) all.set(name, text);
  return reached(entries.map((entry) => entry.replace(/\.ts$/, ".d.ts")), all);
}

/** Those declarations that `entries` are or name. */
function reached(
  entries: readonly string[],
  all: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const waiting = [...entries];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const text = all.get(name);
    if (text === undefined || found.has(name)) continue;
    found.set(name, text);
    for (const { fileName } of ts.preProcessFile(text).importedFiles) {
      if (fileName.startsWith(".")) {
        waiting.push(normalize(join(name, "..", fileName)).replace(/\.js$/, ".d.ts"));
      }
    }
  }
  return found;
}

/** TypeScript rewrites the imports of scripts alone. */
function ofScripts(text: string): string {
  return text.replace(/((?:from|import) ?\(?"\.[^"]*)(?<!\.d)\.ts"/g, '$1.js"');
}
