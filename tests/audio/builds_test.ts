import assert from "node:assert/strict";
import { dirname, join } from "node:path";
import { Dsp } from "../../src/audio/dsp.ts";
import { hasRelaxedSimd } from "../../src/nn/has_relaxed_simd.ts";
import { loadDsp } from "../../src/audio/load_dsp.ts";
import { CHROMIUM } from "../browser.ts";
import { testWith } from "../needs.ts";
import { removeWhenLeft } from "../remove_when_left.ts";
import { browserModules } from "./browser_modules.ts";
import { everyFeature } from "./every_feature.ts";

const bytesOf = (build: string) =>
  Deno.readFileSync(new URL(`../../build/${build}`, import.meta.url));

/** The largest difference of any value from `expected`, relative to the largest of the same feature. */
function differences(
  expected: Record<string, ArrayLike<number>>,
  actual: Record<string, ArrayLike<number>>,
): [name: string, difference: number][] {
  assert.deepEqual(Object.keys(actual), Object.keys(expected));
  return Object.entries(expected).map(([name, values]) => {
    assert.equal(actual[name].length, values.length, name);
    let largest = 0, scale = 0;
    for (let i = 0; i < values.length; i++) {
      largest = Math.max(largest, Math.abs(values[i] - actual[name][i]));
      scale = Math.max(scale, Math.abs(values[i]));
    }
    return [name, largest / scale];
  });
}

for (const build of ["dsp.wasm", "dsp.relaxed.wasm"]) {
  Deno.test(`build/${build} imports nothing`, () => {
    assert.deepEqual(WebAssembly.Module.imports(new WebAssembly.Module(bytesOf(build))), []);
  });
}

Deno.test("build/dsp.wasm uses no relaxed SIMD, build/dsp.relaxed.wasm does", () => {
  // An f32x4.relaxed_madd: prefix 0xfd, opcode 0x105 in LEB128.
  const usesIt = (build: string) =>
    bytesOf(build).some((byte, i, all) =>
      byte === 0xfd && all[i + 1] === 0x85 && all[i + 2] === 0x02
    );
  assert.equal(usesIt("dsp.wasm"), false);
  assert.equal(usesIt("dsp.relaxed.wasm"), true);
});

Deno.test("hasRelaxedSimd() tells whether the engine takes build/dsp.relaxed.wasm", () => {
  assert.equal(hasRelaxedSimd(), WebAssembly.validate(bytesOf("dsp.relaxed.wasm")));
});

Deno.test({
  name: "both builds give every feature within 1e-5 of each other",
  ignore: !hasRelaxedSimd(),
  fn: () => {
    const plain = everyFeature(new Dsp(new WebAssembly.Module(bytesOf("dsp.wasm"))));
    const relaxed = everyFeature(new Dsp(new WebAssembly.Module(bytesOf("dsp.relaxed.wasm"))));
    for (const [name, difference] of differences(plain, relaxed)) {
      assert.ok(difference < 1e-5, `${name}: ${difference}`);
    }
  },
});

Deno.test("loadDsp() takes the build that suits the engine", async () => {
  const build = hasRelaxedSimd() ? "dsp.relaxed.wasm" : "dsp.wasm";
  assert.deepEqual(
    everyFeature(await loadDsp()),
    everyFeature(new Dsp(new WebAssembly.Module(bytesOf(build)))),
  );
});

/** Values of another engine against those of this one; only Math.sin and the like may differ. */
function assertEveryFeature(json: string): void {
  const values: Record<string, number[]> = JSON.parse(json);
  const here = everyFeature(new Dsp(new WebAssembly.Module(bytesOf("dsp.wasm"))));
  for (const [name, difference] of differences(here, values)) {
    assert.ok(difference < 1e-5, `${name}: ${difference}`);
  }
}

const TO_JSON =
  "JSON.stringify(everyFeature(dsp), (_, v) => v instanceof Float32Array ? [...v] : v)";

/** Loads the modules into a context in which nothing can be compiled, as edge runtimes do. */
const NODE_SCRIPT = `
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import vm from "node:vm";
const module = new WebAssembly.Module(readFileSync("dsp.wasm"));
const context = vm.createContext({ bytes: readFileSync("dsp.wasm"), module }, {
  codeGeneration: { strings: false, wasm: false },
});
const modules = new Map();
const load = (path) => {
  if (!modules.has(path)) {
    const options = { context, identifier: path };
    modules.set(path, new vm.SourceTextModule(readFileSync(path, "utf8"), options));
  }
  return modules.get(path);
};
const main = load("main.mjs");
await main.link((specifier, from) => load(join(dirname(from.identifier), specifier)));
await main.evaluate();
console.log(main.namespace.json);
`;

const MAIN = `
import { Dsp } from "./src/audio/dsp.mjs";
import { everyFeature } from "./tests/audio/every_feature.mjs";
let forbidden = false;
try {
  new WebAssembly.Module(bytes);
} catch (error) {
  forbidden = error instanceof WebAssembly.CompileError;
}
if (!forbidden) throw new Error("this context can compile WebAssembly");
const dsp = new Dsp(module);
export const json = ${TO_JSON};
`;

await testWith(
  ["node"],
  "Dsp runs in Node from a compiled module where compiling is forbidden",
  async () => {
    const dir = await Deno.makeTempDir();
    try {
      const files = new Map<string, string>([
        ...browserModules("tests/audio/every_feature.ts"),
        ["main.mjs", MAIN],
        ["run.mjs", NODE_SCRIPT],
      ]);
      for (const [path, code] of files) {
        await Deno.mkdir(join(dir, dirname(path)), { recursive: true });
        await Deno.writeTextFile(join(dir, path), code);
      }
      await Deno.writeFile(join(dir, "dsp.wasm"), bytesOf("dsp.wasm"));
      const { success, stdout, stderr } = await new Deno.Command("node", {
        args: ["--experimental-vm-modules", "run.mjs"],
        cwd: dir,
      }).output();
      assert.ok(success, new TextDecoder().decode(stderr));
      assertEveryFeature(new TextDecoder().decode(stdout));
    } finally {
      await Deno.remove(dir, { recursive: true });
    }
  },
);

const PAGE = `<!doctype html>
<script type="module">
import { Dsp } from "/src/audio/dsp.mjs";
import { everyFeature } from "/tests/audio/every_feature.mjs";
let answer;
try {
  const dsp = new Dsp(await WebAssembly.compileStreaming(fetch("/dsp.wasm")));
  answer = ${TO_JSON};
} catch (error) {
  answer = String(error);
}
await fetch("/answer", { method: "POST", body: answer });
</script>`;

await testWith(["chromium"], "Dsp runs in a browser", async () => {
  const modules = browserModules("tests/audio/every_feature.ts");
  const answer = Promise.withResolvers<string>();
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen() {} },
    async (request) => {
      const path = new URL(request.url).pathname.slice(1);
      if (path === "answer") {
        answer.resolve(await request.text());
        return new Response();
      }
      if (path === "dsp.wasm") {
        const headers = { "content-type": "application/wasm" };
        return new Response(bytesOf("dsp.wasm"), { headers });
      }
      const code = modules.get(path);
      const type = code === undefined ? "text/html" : "text/javascript";
      return new Response(code ?? PAGE, { headers: { "content-type": type } });
    },
  );
  const profile = await Deno.makeTempDir();
  const browser = new Deno.Command(CHROMIUM, {
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      `--user-data-dir=${profile}`,
      "--remote-debugging-port=0",
      `http://127.0.0.1:${server.addr.port}/`,
    ],
    stdout: "null",
    stderr: "null",
  }).spawn();
  const ended = browser.status;
  try {
    const early = ended.then(() => undefined);
    const json = await Promise.race([answer.promise, early]);
    if (json === undefined) throw new Error("the browser ended before it answered");
    assertEveryFeature(json);
  } finally {
    try {
      browser.kill();
    } catch {
      // It has ended.
    }
    await ended;
    await server.shutdown();
    await removeWhenLeft(profile);
  }
});
