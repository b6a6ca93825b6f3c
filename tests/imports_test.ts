import assert from "node:assert/strict";
import { dirname, join, normalize, relative } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** The layers, from the top: an import goes down or stays in its layer, as CONTRIBUTING.md says. */
const LAYERS = [
  ["tasks"],
  ["bench"],
  ["adapters"],
  ["serve"],
  ["deploy"],
  ["report", "recognize"],
  ["pipeline"],
  ["fusion"],
  ["features"],
  ["media", "vision", "classify", "evaluate"],
  ["corpus"],
  ["audio"],
  ["models"],
  ["nn", "runtime", "terminal", "modality.ts"],
];

/** The folders of the program. */
const FOLDERS = ["tasks", "bench", "adapters", "src", "models"];

function sources(dir: string): string[] {
  return Array.from(Deno.readDirSync(dir)).flatMap(({ name, isDirectory }) =>
    isDirectory ? sources(join(dir, name)) : name.endsWith(".ts") ? [join(dir, name)] : []
  );
}

/** What a module imports: statically, when it is needed, for its side effects, or as a worker. */
function importsOf(code: string): string[] {
  const imports = /(?:\bfrom|\bimport|\bimport\(|\bnew URL\()\s*"([^"]+)"/g;
  return Array.from(withoutDocs(code).matchAll(imports), ([, path]) => path);
}

/** Examples in documentation are no code of the house. */
function withoutDocs(code: string): string {
  return code.replace(/\/\*\*[\s\S]*?\*\//g, "");
}

function folderOf(file: string): string {
  const [first, second] = relative(ROOT, file).split("/");
  return first === "src" ? second : first;
}

function layerOf(folder: string): number {
  return LAYERS.findIndex((folders) => folders.includes(folder));
}

Deno.test("importsOf() finds every way to import", () => {
  const code = `/** import "./example.ts"; */
import a from "./a.ts";
export * from "./b.ts";
import "./c.ts";
const { d } = await import("./d.ts"), e = await import(
  "./e.ts"
);
new Worker(new URL("./f.ts", import.meta.url));
import type { G } from "node:fs";`;
  const found = ["./a.ts", "./b.ts", "./c.ts", "./d.ts", "./e.ts", "./f.ts", "node:fs"];
  assert.deepEqual(importsOf(code), found);
});

Deno.test("imports run one way through the house", () => {
  const wrong: string[] = [];
  for (const file of FOLDERS.flatMap((folder) => sources(join(ROOT, folder)))) {
    const paths = importsOf(Deno.readTextFileSync(file));
    for (const path of paths.filter((path) => /^\..*\.ts$/.test(path))) {
      const target = normalize(join(dirname(file), path));
      const [from, to] = [folderOf(file), folderOf(target)];
      const isSideways = layerOf(from) === layerOf(to) && from !== to;
      assert(layerOf(from) >= 0 && layerOf(to) >= 0, `${from} or ${to} is in no layer`);
      if (layerOf(from) > layerOf(to) || isSideways) {
        wrong.push(`${relative(ROOT, file)} imports ${relative(ROOT, target)}`);
      }
    }
  }
  assert.deepEqual(wrong, []);
});

Deno.test("what must run at the edge uses neither the Deno namespace nor Node's modules", () => {
  const folders = [
    ...["src/nn", "src/classify", "src/fusion", "src/evaluate", "src/audio", "src/features"],
    "src/recognize",
    "src/serve",
    "src/media/sound",
    "models",
  ];
  const wrong = folders.flatMap((dir) => sources(join(ROOT, dir)))
    .filter((file) => !file.endsWith("load_dsp.ts"))
    .filter((file) => {
      const code = Deno.readTextFileSync(file);
      return /\bDeno\./.test(withoutDocs(code)) ||
        importsOf(code).some((path) => path.startsWith("node:"));
    });
  assert.deepEqual(wrong.map((file) => relative(ROOT, file)), []);
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

Deno.test("RAVDESS's words for speakers and takes are said in its folder and the synthetic corpus's", () => {
  const own = ["src/corpus/ravdess/", "src/corpus/synthetic/"];
  const files = [join(ROOT, "mod.ts"), ...FOLDERS.flatMap((folder) => sources(join(ROOT, folder)))]
    .map((file) => ({ name: relative(ROOT, file), text: Deno.readTextFileSync(file) }))
    .filter(({ name }) => !own.some((folder) => name.startsWith(folder)));
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
  const wrong = FOLDERS.flatMap((folder) => sources(join(ROOT, folder)))
    .filter((file) => !own.test(relative(ROOT, file)))
    .filter((file) =>
      importsOf(Deno.readTextFileSync(file)).some((path) =>
        /\/ravdess\//.test(path) && !/\/ravdess\/(ravdess|words)\.ts$/.test(path)
      )
    );
  assert.deepEqual(wrong.map((file) => relative(ROOT, file)), []);
});

Deno.test("tables are drawn in one place, which fits them to the terminal", () => {
  const drawers = FOLDERS.flatMap((folder) => sources(join(ROOT, folder)))
    .filter((file) => importsOf(Deno.readTextFileSync(file)).includes("cli-table3"));
  assert.deepEqual(drawers.map((file) => relative(ROOT, file)), ["src/terminal/fit_table.ts"]);
});
