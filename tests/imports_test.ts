import assert from "node:assert/strict";
import { dirname } from "node:path";
import {
  circlesIn,
  codeOf,
  importedBy,
  importsOf,
  modulesIn,
  reachedFrom,
  withoutDocs,
} from "./import_graph.ts";

/** The layers, from the top: an import goes down or stays in its layer, as CONTRIBUTING.md says. */
const LAYERS = [
  ["tasks"],
  ["bench"],
  ["documents"],
  ["adapters"],
  ["serve"],
  ["pretrain"],
  ["train"],
  ["predict"],
  ["report", "recognize", "audit", "plan"],
  ["pipeline"],
  ["fusion"],
  ["features"],
  ["media", "vision", "segment", "classify", "evaluate"],
  ["split"],
  ["weights", "download"],
  ["corpus"],
  ["audio"],
  ["models"],
  ["nn"],
  ["numeric", "runtime", "terminal", "modality.ts"],
];

/** What must run at the edge. */
const EDGE = [
  "src/numeric",
  "src/nn",
  "src/split",
  "src/classify",
  "src/fusion",
  "src/evaluate",
  "src/audio",
  "src/features",
  "src/segment",
  "src/recognize",
  "src/serve",
  "src/media/container",
  "src/media/sound",
  "models",
];

/** The program's modules. */
const MODULES = ["tasks", "bench", "documents", "adapters", "src", "models"].flatMap(modulesIn);

/** What users import. */
const ENTRIES = ["mod.ts", ...modulesIn("exports")];

const IMPORTED = new Map([...MODULES, ...ENTRIES].map((module) => [module, importedBy(module)]));

/** What a module imports, types included: a reader follows those too. */
function imported(module: string): string[] {
  return (IMPORTED.get(module) ?? []).map(({ target }) => target);
}

/** What a module needs when it runs. */
function needed(module: string): string[] {
  return (IMPORTED.get(module) ?? []).flatMap(({ target, typesOnly }) => typesOnly ? [] : [target]);
}

function folderOf(module: string): string {
  const [first, second] = module.split("/");
  return first === "src" ? second : first;
}

function layerOf(folder: string): number {
  return LAYERS.findIndex((folders) => folders.includes(folder));
}

/** Whether a module uses the `Deno` namespace or one of Node's modules. */
function needsSystem(module: string): boolean {
  const code = codeOf(module);
  return /\bDeno\./.test(withoutDocs(code)) ||
    importsOf(code).some(({ path, typesOnly }) => path.startsWith("node:") && !typesOnly);
}

Deno.test("importsOf() finds every way to import, and tells types from the rest", () => {
  const code = `/** import "./example.ts"; */
import a from "./a.ts";
export * from "./b.ts";
import "./c.ts";
const { d } = await import("./d.ts"), e = await import(
  "./e.ts"
);
new Worker(new URL("./f.ts", import.meta.url));
import type { G } from "node:fs";
export type { H } from "./h.ts";
import { type I, type J } from "./i.ts";
import { type K, l } from "./k.ts";
import {
  type M,
  n,
} from "./m.ts";`;
  const found = importsOf(code);
  const run = ["./a.ts", "./b.ts", "./c.ts", "./d.ts", "./e.ts", "./f.ts", "./k.ts", "./m.ts"];
  assert.deepEqual(found.filter(({ typesOnly }) => !typesOnly).map(({ path }) => path), run);
  assert.deepEqual(
    found.filter(({ typesOnly }) => typesOnly).map(({ path }) => path),
    ["node:fs", "./h.ts", "./i.ts"],
  );
});

Deno.test("circlesIn() finds each circle whole, and reachedFrom() the way to what is far", () => {
  const graph: Record<string, string[]> = {
    a: ["b"],
    b: ["c", "d"],
    c: ["a"],
    d: ["e"],
    e: ["f"],
    f: ["e"],
    g: ["g", "a"],
    h: ["d"],
  };
  const targets = (name: string) => graph[name];
  const circles = circlesIn(Object.keys(graph), targets);
  assert.deepEqual(circles.sort(), [["a", "b", "c"], ["e", "f"], ["g"]]);
  assert.deepEqual(circlesIn(["a", "b", "d", "h"], targets), []);
  assert.deepEqual(reachedFrom("h", targets).get("f"), ["h", "d", "e", "f"]);
  assert.equal(reachedFrom("h", targets).has("a"), false);
});

Deno.test("imports run one way through the house", () => {
  const wrong: string[] = [];
  for (const module of MODULES) {
    for (const target of imported(module)) {
      const [from, to] = [folderOf(module), folderOf(target)];
      const isSideways = layerOf(from) === layerOf(to) && from !== to;
      assert(layerOf(from) >= 0 && layerOf(to) >= 0, `${from} or ${to} is in no layer`);
      if (layerOf(from) > layerOf(to) || isSideways) wrong.push(`${module} imports ${target}`);
    }
  }
  assert.deepEqual(wrong, []);
});

Deno.test("no module imports itself by way of others, not even for a type", () => {
  assert.deepEqual(circlesIn([...MODULES, ...ENTRIES], imported), []);
});

Deno.test("what must run at the edge reaches neither the Deno namespace nor Node's modules", () => {
  const edge = EDGE.flatMap((folder) => modulesIn(folder));
  const wrong = edge.flatMap((module) =>
    Array.from(reachedFrom(module, needed))
      .filter(([reached]) => needsSystem(reached))
      .map(([, way]) => way.join(" > "))
  );
  assert.deepEqual(wrong, []);
});

Deno.test("the library names no flag of a task", () => {
  const flags = modulesIn("tasks").flatMap((task) =>
    Array.from(codeOf(task).matchAll(/"(--[a-z-]+) ?[^"]*"/g), ([, flag]) => flag)
  );
  assert(flags.includes("--data") && flags.includes("--out"));
  const named = new RegExp(`(?<![\\w-])(${[...new Set(flags)].join("|")})(?![\\w-])`);
  const wrong = MODULES.filter((module) => /^(src|models)/.test(module)).flatMap((module) =>
    withoutDocs(codeOf(module)).split("\n")
      // A whole command line is for the reader of a report, who calls tasks.
      .filter((line) => named.test(line) && !line.includes("deno task"))
      .map((line) => `${module}: ${line.trim()}`)
  );
  assert.deepEqual(wrong, []);
});

/** What a corpus calls its speakers and takes, where it is no name of a flag, a protocol or the Web's clock. */
const RAVDESS_WORD = /(?<!--)\b(actors?|performances?)\b(?!-independent|\.now\()/;

Deno.test("RAVDESS_WORD knows the words from the names that stay", () => {
  for (const text of ["actors: [1]", "a performance that", "--performances"]) {
    assert.match(text.replace("--", ""), RAVDESS_WORD);
  }
  for (const text of ["--actors 1", '"performance-independent"', "performance.now()", "factors"]) {
    assert.doesNotMatch(text, RAVDESS_WORD);
  }
});

Deno.test("RAVDESS's words for speakers and takes are said in its folder, the synthetic corpus's and CREMA-D's", () => {
  // The speakers of CREMA-D are actors too.
  const own = ["src/corpus/ravdess/", "src/corpus/synthetic/", "src/corpus/crema_d/"];
  const files = [...MODULES, ...ENTRIES]
    .filter((name) => !own.some((folder) => name.startsWith(folder)))
    .map((name) => ({ name, text: codeOf(name) }));
  const wrong = files.flatMap(({ name, text }) =>
    text.split("\n").flatMap((line, i) =>
      RAVDESS_WORD.test(line) ? [`${name}:${i + 1} ${line}`] : []
    )
  );
  assert.deepEqual(wrong, []);
});

Deno.test("RAVDESS's fields are known to its folder and to the synthetic corpus alone", () => {
  const own = /^src\/corpus\/(ravdess|synthetic)\//;
  // Who reads files of older versions, and the public API, may name the corpus as a whole.
  const wrong = MODULES
    .filter((module) => !own.test(module))
    .filter((module) =>
      importsOf(codeOf(module)).some(({ path }) =>
        /\/ravdess\//.test(path) && !/\/ravdess\/(ravdess|words)\.ts$/.test(path)
      )
    );
  assert.deepEqual(wrong, []);
});

Deno.test("tables are drawn in one place, which fits them to the terminal", () => {
  const drawers = MODULES.filter((module) =>
    importsOf(codeOf(module)).some(({ path }) => path === "cli-table3")
  );
  assert.deepEqual(drawers, ["src/terminal/fit_table.ts"]);
});

/** Libraries of one function a file, which are long lists by their nature. */
const LONG_FOLDERS = ["src/audio", "src/evaluate"];

Deno.test("no folder has more files than can be seen at a glance, but for libraries", () => {
  const folders = Map.groupBy(MODULES, dirname);
  const long = Array.from(folders).filter(([, modules]) => modules.length > 25);
  assert.deepEqual(long.map(([folder]) => folder).sort(), LONG_FOLDERS);
});

Deno.test("no object is spread as it is written: its properties stand by themselves", () => {
  const wrong = MODULES.flatMap((module) =>
    codeOf(module).split("\n").flatMap((line, i) =>
      line.includes("...{") ? [`${module}:${i + 1} ${line.trim()}`] : []
    )
  );
  assert.deepEqual(wrong, []);
});
