import assert from "node:assert/strict";
import { join } from "node:path";
import { workerdConfig } from "../../../adapters/workerd/workerd_config.ts";
import { startWorkerd } from "../../../adapters/workerd/start_workerd.ts";
import type { ClipInput } from "../../../src/recognize/clip_input.ts";
import { loadDefaultRecognizer } from "../../../src/recognize/default/load_default_recognizer.ts";
import type { Prediction } from "../../../src/recognize/prediction.ts";
import { Browser } from "../../browser.ts";
import { memo } from "../../memo.ts";
import { testWith } from "../../needs.ts";
import { assertSame } from "../compare_predictions.ts";
import { serveFolder } from "../serve_folder.ts";
import { testClips } from "../test_clips.ts";
import { wireClip } from "../wire_clip.ts";
import { type ProgramFolder, programFolder } from "./installed_package.ts";
import { runProgram } from "./run_program.ts";
import { bundlers } from "./tools.ts";

/** A clip with voice and face, and what Deno says of it. */
const expected: () => Promise<{ clip: ClipInput; prediction: Prediction }> = memo(async () => {
  const { samples, sampleRate, frames } = (await testClips()).unseen;
  const clip = { samples, sampleRate, frames };
  const recognizer = await loadDefaultRecognizer();
  const prediction = recognizer.predict(clip);
  recognizer.dispose();
  return { clip, prediction };
});

/** What a page does with the recogniser that `load` gives. */
const page = (load: string) => `
const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
const wire = await (await fetch("clip.json")).json();
const clip = {
  ...wire,
  samples: new Float32Array(bytes(wire.samples).buffer),
  frames: { ...wire.frames, data: bytes(wire.frames.data) },
};
try {
  const recognizer = await ${load};
  globalThis.told = JSON.stringify(recognizer.predict(clip));
} catch (error) {
  globalThis.told = JSON.stringify({ failed: String(error?.stack ?? error) });
}
`;

/** Vite and webpack find the model and the WebAssembly by themselves. */
const BY_ITSELF = `import { loadDefaultRecognizer } from "emofuse";
${page("loadDefaultRecognizer()")}`;

/** esbuild makes addresses of what is imported. */
const BY_IMPORTS = `import { loadRecognizer } from "emofuse";
import dsp from "emofuse/wasm/dsp.wasm";
import kernels from "emofuse/wasm/kernels.wasm";
import tfjs from "emofuse/wasm/tfjs.wasm";
import model from "emofuse/default.emofuse";
const at = (file) => new URL(file, import.meta.url);
const bundle = new Uint8Array(await (await fetch(at(model))).arrayBuffer());
${page("loadRecognizer(bundle, { dsp: at(dsp), kernels: at(kernels), tfjs: at(tfjs) })")}`;

const HTML = `<!doctype html><title>page</title><script type="module" src="./main.js"></script>`;

/** A bundler's own program: it writes the page into the folder `out`. */
interface Bundling {
  readonly main: string;
  /** A module that bundles main.js, for Node. */
  readonly build: string;
}

const BUNDLINGS: Readonly<Record<string, Bundling>> = {
  "Vite": {
    main: BY_ITSELF,
    build: `import { build } from "vite";
await build({ logLevel: "error", base: "./", build: { outDir: "out", target: "es2022", assetsInlineLimit: 0 } });`,
  },
  "webpack": {
    main: BY_ITSELF,
    build: `import webpack from "webpack";
import { copyFileSync } from "node:fs";
const stats = await new Promise((resolve, reject) => webpack({
  mode: "production",
  entry: "./main.js",
  output: { path: process.cwd() + "/out", filename: "main.js", module: true, publicPath: "auto" },
  experiments: { outputModule: true },
  performance: false,
  // Whether it can be made smaller is no question of the package.
  optimization: { minimize: false },
}, (error, stats) => error ? reject(error) : resolve(stats)));
if (stats.hasErrors()) throw new Error(stats.toString("errors-only"));
copyFileSync("index.html", "out/index.html");`,
  },
  "esbuild": {
    main: BY_IMPORTS,
    build: `import { build } from "esbuild";
import { copyFileSync } from "node:fs";
await build({
  entryPoints: ["main.js"],
  bundle: true,
  splitting: true,
  minify: true,
  format: "esm",
  outdir: "out",
  loader: { ".wasm": "file", ".emofuse": "file" },
});
copyFileSync("index.html", "out/index.html");`,
  },
};

/** Runs a build script in a program's folder. */
async function build({ folder }: ProgramFolder, script: string): Promise<void> {
  const tools = await bundlers();
  // Modules are looked for from where the script is.
  const path = join(tools, `build-${crypto.randomUUID()}.mjs`);
  await Deno.writeTextFile(path, script);
  try {
    const { code, out, err } = await runProgram(folder, "node", [path]);
    assert.equal(code, 0, out + err);
  } finally {
    await Deno.remove(path);
  }
}

for (const [name, { main, build: script }] of Object.entries(BUNDLINGS)) {
  await testWith(
    ["node", "chromium", "npm package", "bundlers"],
    `a page that ${name} bundles from the packed package predicts in Chromium what Deno predicts`,
    async () => {
      const { clip, prediction } = await expected();
      await using place = await programFolder({ "main.js": main, "index.html": HTML });
      await build(place, script);
      const server = serveFolder(join(place.folder, "out"), {
        "/clip.json": () => new Response(wireClip(clip)),
      });
      const browser = await Browser.start();
      try {
        await browser.open(server.url, { width: 800, scheme: "light" });
        await browser.until("globalThis.told !== undefined");
        const told = JSON.parse(await browser.evaluate("globalThis.told"));
        assert.equal(told.failed, undefined);
        assertSame(told, prediction);
      } finally {
        await browser.close();
        await server.close();
      }
    },
  );
}

/** An edge worker: it may compile nothing, and imports what is compiled. */
const WORKER = `import { loadRecognizer } from "emofuse";
import { createApp, InlineRunner, serveLimits } from "emofuse/serve";
import dsp from "emofuse/wasm/dsp.relaxed.wasm";
import kernels from "emofuse/wasm/kernels.relaxed.wasm";
import tfjs from "emofuse/wasm/tfjs.wasm";
import model from "emofuse/default.emofuse";
let app;
async function start() {
  const limits = serveLimits();
  const recognizer = await loadRecognizer(new Uint8Array(model), { dsp, kernels, tfjs });
  return createApp({ runner: new InlineRunner(recognizer, limits), limits, allowedHosts: ["*"] });
}
export default { fetch: async (request) => (await (app ??= start())).fetch(request) };
`;

const BUILD_WORKER = `import { build } from "esbuild";
await build({
  entryPoints: { worker: "main.js" },
  bundle: true,
  minify: true,
  format: "esm",
  conditions: ["workerd"],
  outdir: "out",
  assetNames: "[name]",
  loader: { ".wasm": "copy", ".emofuse": "copy" },
});`;

await testWith(
  ["node", "workerd", "npm package", "bundlers"],
  "an edge worker bundled from the packed package predicts in workerd what Deno predicts",
  async () => {
    const { clip, prediction } = await expected();
    await using place = await programFolder({ "main.js": WORKER });
    await build(place, BUILD_WORKER);
    const out = join(place.folder, "out");
    const names = Array.from(Deno.readDirSync(out), ({ name }) => name)
      .sort((a, b) => Number(b === "worker.js") - Number(a === "worker.js"));
    await Deno.writeTextFile(join(out, "workerd.capnp"), workerdConfig(names));
    const workerd = await startWorkerd(out);
    try {
      const response = await fetch(`${workerd.url}/v1/predict`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: wireClip(clip),
      });
      const text = await response.text();
      assert.equal(response.status, 200, text);
      assertSame(JSON.parse(text), prediction);
    } finally {
      await workerd.stop();
    }
  },
);
