import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import ts from "typescript";
import { CodeBundleError } from "../bundle/bundle_error.ts";
import { packagesOf } from "../bundle/packages_of.ts";
import { flatAddresses, flatName } from "./flat_addresses.ts";
import { ownTfjs } from "./own_tfjs.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url)).replace(/\/$/, "");

/** The folder of the package that all code is in. */
export const CODE_FOLDER = "dist";

/** The code of the npm package. */
export interface PackageCode {
  /** Modules by their paths in the package. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** The modules among them that something starts with: entries and workers. */
  readonly starts: readonly string[];
  /** Names of the packages that it imports. */
  readonly imports: ReadonlySet<string>;
  /** Folders of the packages whose code is in it, from the project's root. */
  readonly packages: readonly string[];
}

/**
 * Bundles modules, the workers that they start and tfjs into few files of one folder. Other packages stay imports.
 *
 * Library and programs share no files, as no process has both: what is cut for both would be cut smaller, and what
 * users import take longer to load.
 *
 * @param library What users import: paths from the project's root by the names that the modules get, without `.js`.
 * @param programs What is started by itself, likewise; workers are found.
 *
 * @throws {CodeBundleError} If a module is not found or cannot be parsed.
 */
export async function bundlePackage(
  library: Readonly<Record<string, string>>,
  programs: Readonly<Record<string, string>>,
): Promise<PackageCode> {
  const workers = workersOf([...Object.values(library), ...Object.values(programs)]);
  try {
    const parts = [await bundle(library), await bundle({ ...programs, ...workers })];
    return {
      files: new Map(parts.flatMap(({ files }) => [...files])),
      starts: parts.flatMap(({ starts }) => starts),
      imports: new Set(parts.flatMap(({ imports }) => [...imports])),
      packages: parts.flatMap(({ packages }) => packages),
    };
  } catch (error) {
    throw CodeBundleError.of(error);
  } finally {
    await esbuild.stop();
  }
}

/** Bundles modules that share what they have in common. */
async function bundle(starts: Readonly<Record<string, string>>): Promise<PackageCode> {
  const imports = new Set<string>();
  const { outputFiles, metafile } = await esbuild.build({
    absWorkingDir: ROOT,
    entryPoints: { ...starts },
    bundle: true,
    splitting: true,
    metafile: true,
    write: false,
    outdir: CODE_FOLDER,
    format: "esm",
    // What Node 20 parses; `using` and `await using` become calls.
    target: "es2022",
    platform: "node",
    mainFields: ["module", "main"],
    chunkNames: "part-[hash]",
    charset: "utf8",
    logLevel: "silent",
    plugins: [ownTfjs, leaveImports(imports), flatten],
  });
  return {
    files: new Map(
      outputFiles.map(({ path, contents }) => [path.slice(ROOT.length + 1), contents]),
    ),
    starts: Object.keys(starts).map((name) => `${CODE_FOLDER}/${name}.js`),
    imports,
    packages: packagesOf(Object.keys(metafile.inputs)),
  };
}

/** Bundles a few CommonJS modules into one. */
export async function bundleCommonJs(modules: readonly string[]): Promise<Uint8Array> {
  try {
    const { outputFiles: [file] } = await esbuild.build({
      stdin: {
        contents: modules.map((name) => `require(${JSON.stringify(name)});`).join("\n"),
        resolveDir: ROOT,
      },
      bundle: true,
      minify: true,
      write: false,
      format: "cjs",
      target: "es2022",
      platform: "node",
      logLevel: "silent",
    });
    return file.contents;
  } catch (error) {
    throw CodeBundleError.of(error);
  } finally {
    await esbuild.stop();
  }
}

/** The workers that modules or what they import start, by the names that they get. */
function workersOf(entries: readonly string[]): Record<string, string> {
  const found: Record<string, string> = {};
  const seen = new Set<string>();
  const waiting = entries.map((entry) => resolve(ROOT, entry));
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const text = readFileSync(path, "utf8");
    for (const worker of flatAddresses(text, path, ROOT).workers) {
      found[flatName(worker)] = worker;
      waiting.push(worker);
    }
    for (const { fileName } of ts.preProcessFile(text).importedFiles) {
      if (/^\..*(?<!\.d)\.ts$/.test(fileName)) waiting.push(resolve(dirname(path), fileName));
    }
  }
  return found;
}

/** Leaves imports of packages as they are, and notes them. */
function leaveImports(noted: Set<string>): esbuild.Plugin {
  return {
    name: "leave-imports",
    setup(build) {
      build.onResolve({ filter: /^[^./]/ }, ({ path, importer, kind }) => {
        if (kind === "entry-point" || importer.includes("/node_modules/")) return;
        if (path.startsWith("@tensorflow/")) return;
        if (!path.startsWith("node:")) noted.add(/^(@[^/]+\/)?[^/]+/.exec(path)![0]);
        return { path, external: true };
      });
    },
  };
}

/** Puts all code into one folder. */
const flatten: esbuild.Plugin = {
  name: "flatten",
  setup(build) {
    build.onLoad({ filter: /\.ts$/ }, ({ path }) => {
      if (path.includes("/node_modules/")) return;
      const { text } = flatAddresses(readFileSync(path, "utf8"), path, ROOT);
      return { contents: text, loader: "ts" };
    });
  },
};
