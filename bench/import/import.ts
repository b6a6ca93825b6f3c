import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { BenchError } from "../contender.ts";
import { median } from "../median.ts";

/** How {@linkcode benchImport} measures. */
export interface ImportBenchOptions {
  /**
   * Folders of npm packages that are compared, with their dependencies in a `node_modules` there or above.
   *
   * @default {the one that `deno task npm` makes}
   */
  readonly packages?: readonly string[];
  /**
   * Fresh processes for each entry.
   *
   * @default {11}
   */
  readonly rounds?: number;
}

/** What it takes to import one entry, in one package. */
export interface ImportCost {
  /** From the import's start to its end, in ms. */
  readonly wall: number;
  /** Processor time of the process meanwhile, in ms, which does not depend on what else runs. */
  readonly processor: number;
}

/** One entry, in every package. */
export interface ImportBenchRow {
  /** What is imported: `emofuse/audio`. */
  readonly entry: string;
  /** Medians, by package; undefined where the package has no such entry. */
  readonly costs: readonly (ImportCost | undefined)[];
}

/** Measures one import; the address is its only argument. */
const PROGRAM = `const before = process.cpuUsage(), start = performance.now();
await import(process.argv[1]);
const wall = performance.now() - start, { user, system } = process.cpuUsage(before);
console.log(JSON.stringify({ wall, processor: (user + system) / 1000 }));`;

/**
 * Imports every entry of npm packages in fresh processes of Node, the packages in turn.
 *
 * @throws {BenchError} If a package or Node is missing, or an import fails.
 */
export async function benchImport(options: ImportBenchOptions = {}): Promise<ImportBenchRow[]> {
  const own = fileURLToPath(new URL("../../build/npm", import.meta.url));
  const { packages = [own], rounds = 11 } = options;
  const entries = await Promise.all(packages.map(entriesOf));
  const rows: ImportBenchRow[] = [];
  for (const entry of new Set(entries.flatMap((of) => [...of.keys()]))) {
    const measured: ImportCost[][] = packages.map(() => []);
    for (let round = 0; round < rounds; round++) {
      for (const [i, of] of entries.entries()) {
        const file = of.get(entry);
        if (file) measured[i].push(await importOnce(file));
      }
    }
    rows.push({ entry, costs: measured.map(medians) });
  }
  return rows;
}

function medians(costs: readonly ImportCost[]): ImportCost | undefined {
  if (costs.length === 0) return undefined;
  return {
    wall: median(costs.map(({ wall }) => wall)),
    processor: median(costs.map(({ processor }) => processor)),
  };
}

/** The modules that a package's entries are, by what users import. */
async function entriesOf(folder: string): Promise<ReadonlyMap<string, URL>> {
  const path = join(folder, "package.json");
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    throw new BenchError(`${path} cannot be read: "deno task npm" makes the package`, { cause });
  }
  const { name, exports } = JSON.parse(text) as {
    name: string;
    exports: Record<string, string | { default: string }>;
  };
  return new Map(
    Object.entries(exports).flatMap(([entry, of]) =>
      typeof of === "string"
        ? []
        : [[entry.replace(/^\./, name), pathToFileURL(resolve(folder, of.default))] as const]
    ),
  );
}

async function importOnce(file: URL): Promise<ImportCost> {
  let output: Deno.CommandOutput;
  try {
    output = await new Deno.Command("node", {
      args: ["--input-type=module", "--eval", PROGRAM, file.href],
      stdin: "null",
    }).output();
  } catch (cause) {
    if (cause instanceof Deno.errors.NotFound) throw new BenchError("no node on PATH", { cause });
    throw cause;
  }
  const [out, err] = [output.stdout, output.stderr].map((bytes) => new TextDecoder().decode(bytes));
  if (!output.success) {
    const why = err.split("\n").find((line) => /Error/.test(line)) ?? err.trim();
    throw new BenchError(`${file.href}: ${why}`);
  }
  return JSON.parse(out);
}
