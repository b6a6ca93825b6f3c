import assert from "node:assert/strict";
import { join } from "node:path";
import { build, BuildError, targets, type WasmTarget } from "../../tasks/build.ts";

const target: WasmTarget = { output: "one.wasm", entry: "one.ts", options: ["--enable", "simd"] };
const ONE = "export function one(): i32 { return 1; }\n";

/** Calls `use` with a folder whose dsp-as/ holds `sources`. */
async function withProject(
  sources: Record<string, string>,
  use: (root: string) => Promise<void>,
): Promise<void> {
  const root = await Deno.makeTempDir();
  try {
    await Deno.mkdir(join(root, "dsp-as", "part"), { recursive: true });
    for (const [path, text] of Object.entries(sources)) {
      await Deno.writeTextFile(join(root, "dsp-as", path), text);
    }
    await use(root);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

async function call(root: string): Promise<unknown> {
  const bytes = await Deno.readFile(join(root, "build", "one.wasm"));
  const { instance } = await WebAssembly.instantiate(bytes);
  return (instance.exports.one as () => number)();
}

Deno.test("build() writes each target once and nothing when nothing changed", async () => {
  await withProject({ "one.ts": ONE }, async (root) => {
    const lines = await build({ root, targets: [target] });
    assert.equal(lines.length, 1);
    assert.match(lines[0], /^build\/one\.wasm: \d+ bytes from dsp-as\/one\.ts$/);
    assert.equal(await call(root), 1);
    assert.deepEqual(await build({ root, targets: [target] }), []);
    const files = Array.from(Deno.readDirSync(join(root, "build")), ({ name }) => name).sort();
    assert.deepEqual(files, ["one.wasm", "stamp.json"]);
  });
});

Deno.test("build() builds again when an imported source, an option or an output changed", async () => {
  const sources = {
    "one.ts": 'export { one } from "./part/two";\n',
    "part/two.ts": ONE,
  };
  await withProject(sources, async (root) => {
    await build({ root, targets: [target] });
    await Deno.writeTextFile(join(root, "dsp-as", "part", "two.ts"), ONE.replace("1;", "2;"));
    assert.equal((await build({ root, targets: [target] })).length, 1);
    assert.equal(await call(root), 2);

    const other = { ...target, options: [] };
    assert.equal((await build({ root, targets: [other] })).length, 1);

    await Deno.writeTextFile(join(root, "build", "one.wasm"), "damaged");
    assert.equal((await build({ root, targets: [other] })).length, 1);
    await Deno.remove(join(root, "build", "one.wasm"));
    assert.equal((await build({ root, targets: [other] })).length, 1);
    await Deno.writeTextFile(join(root, "build", "stamp.json"), "{");
    assert.equal((await build({ root, targets: [other] })).length, 1);
    assert.deepEqual(await build({ root, targets: [other] }), []);
  });
});

Deno.test("build() throws the compiler's diagnostics and keeps what was built before", async () => {
  await withProject({ "one.ts": ONE }, async (root) => {
    await build({ root, targets: [target] });
    await Deno.writeTextFile(join(root, "dsp-as", "one.ts"), "export function one(): i32 { x }\n");
    await assert.rejects(
      build({ root, targets: [target] }),
      (error) => error instanceof BuildError && /Cannot find name 'x'/.test(error.message),
    );
    assert.equal(await call(root), 1);
  });
});

Deno.test("build() makes the two variants of the kernels from one source", () => {
  const kernels = targets.filter(({ entry }) => entry === "kernels.ts");
  assert.deepEqual(kernels.map(({ output }) => output), ["kernels.wasm", "kernels.relaxed.wasm"]);
  assert.deepEqual(kernels.map(({ options }) => options.includes("relaxed-simd")), [false, true]);
});
