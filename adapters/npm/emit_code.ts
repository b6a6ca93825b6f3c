import { readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** TypeScript that cannot be made JavaScript of; the message is the compiler's. */
export class EmitError extends Error {
  /** The error's class, for logs. */
  override readonly name = "EmitError";
}

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const OPTIONS: ts.CompilerOptions = {
  // What Node 20 parses; `using` and `await using` become calls.
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.esnext.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts", "lib.dom.asynciterable.d.ts"],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  resolveJsonModule: true,
  allowImportingTsExtensions: true,
  rewriteRelativeImportExtensions: true,
  declaration: true,
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

/** A module that is found by its address alone: `new URL("./fold_worker.ts", import.meta.url)`. */
const BY_ADDRESS = /new URL\(\s*"(\.[^"]+)\.ts",\s*import\.meta\.url/g;

/**
 * JavaScript and declarations of modules and of all that they need, workers among it, in the same folders as the
 * sources.
 *
 * @param entries Paths from the project's root.
 * @returns The files, by their paths from the root.
 *
 * @throws {EmitError} If something is wrong with the types.
 */
export function emitCode(entries: readonly string[]): ReadonlyMap<string, string> {
  const shim = join(ROOT, "adapters/npm/untyped.d.ts");
  const roots = withWorkers(entries.map((entry) => join(ROOT, entry)));
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
  const files = new Map<string, string>();
  program.emit(undefined, (path, text) => {
    const name = relative("/", path);
    if (name.endsWith(".json")) files.set(`${name}.js`, `export default ${text.trim()};\n`);
    else files.set(name, name.endsWith(".d.ts") ? declaration(text) : script(text));
  });
  return files;
}

/** The modules and the workers that they or what they import start. */
function withWorkers(entries: readonly string[]): string[] {
  const found = new Set(entries);
  const seen = new Set<string>();
  const waiting = [...entries];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const text = readFileSync(path, "utf8");
    for (const [, name] of text.matchAll(BY_ADDRESS)) {
      const worker = resolve(dirname(path), `${name}.ts`);
      found.add(worker);
      waiting.push(worker);
    }
    for (const { fileName } of ts.preProcessFile(text).importedFiles) {
      if (fileName.startsWith(".") && /(?<!\.d)\.ts$/.test(fileName)) {
        waiting.push(resolve(dirname(path), fileName));
      }
    }
  }
  return [...found];
}

function script(text: string): string {
  return text
    .replace(BY_ADDRESS, (whole) => whole.replace(/\.ts"/, '.js"'))
    // Node 20 warns of modules that are JSON.
    .replace(/(from ".*\.json)" with \{ type: "json" \}/g, '$1.js"');
}

/** TypeScript rewrites the imports of scripts alone. */
function declaration(text: string): string {
  return text.replace(/((?:from|import) ?\(?"\.[^"]*)(?<!\.d)\.ts"/g, '$1.js"');
}
