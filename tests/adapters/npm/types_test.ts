import assert from "node:assert/strict";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { testWith } from "../../needs.ts";
import { ENTRIES, exampleOf } from "./examples.ts";
import { programFolder } from "./installed_package.ts";

/** The types of Node, for the examples' assertions. */
const NODE_TYPES = fileURLToPath(new URL("../../../node_modules/@types", import.meta.url));

/** What `tsc --strict` says of files. */
function strictly(files: readonly string[], options: ts.CompilerOptions): string[] {
  const program = ts.createProgram([...files], {
    strict: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    types: ["node"],
    typeRoots: [NODE_TYPES],
    ...options,
  });
  return ts.getPreEmitDiagnostics(program).map(({ file, messageText }) =>
    `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`
  );
}

const NODE_NEXT: ts.CompilerOptions = {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
};

await testWith(
  ["npm package"],
  "tsc --strict finds the types of every entry, and nothing wrong in their declarations",
  async () => {
    const imports = ENTRIES.map((entry, i) => `import * as e${i} from "${entry}";`);
    const program = `import { loadDsp, mfcc } from "emofuse/audio";
export const data: Float32Array =
  mfcc(await loadDsp(), new Float32Array(8000), { sampleRate: 8000 }).data;
export const all = [${ENTRIES.map((_, i) => `e${i}`)}];`;
    const files: Record<string, string> = { "program.ts": [...imports, program].join("\n") };
    for (const entry of ENTRIES) files[`${entry.replace("/", "-")}.ts`] = exampleOf(entry);
    files["wrong.ts"] = `import { mfcc } from "emofuse/audio";\nmfcc(7);`;
    await using place = await programFolder(files);
    const paths = Object.keys(files).map((name) => join(place.folder, name));
    // All declarations are looked at: there is no skipLibCheck.
    const problems = strictly(paths, NODE_NEXT);
    assert.equal(problems.length, 1, problems.join("\n"));
    assert.match(problems[0], /wrong\.ts: Expected 3 arguments|wrong\.ts: Expected 2-3 arguments/);
  },
);

await testWith(
  ["npm package"],
  "a page's program, without the types of Node, finds the types of the recogniser",
  async () => {
    await using place = await programFolder({
      "page.ts": `import { loadDefaultRecognizer, type Prediction } from "emofuse";
const recognizer = await loadDefaultRecognizer();
export const told: Prediction = recognizer.predict({ samples: new Float32Array(16000), sampleRate: 16000 });`,
    });
    const options: ts.CompilerOptions = {
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      lib: ["lib.esnext.d.ts", "lib.dom.d.ts"],
      types: [],
    };
    assert.deepEqual(strictly([join(place.folder, "page.ts")], options), []);
  },
);
