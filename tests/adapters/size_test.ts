import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { bundleCode } from "../../adapters/bundle/bundle_code.ts";
import { BROWSER_ENTRIES, type EdgeFiles } from "../../adapters/bundle/edge_files.ts";
import { loadedWith } from "../../adapters/bundle/loaded_with.ts";
import { edgeFilesOnce } from "./edge_files_once.ts";
import { audioModel } from "./test_models.ts";

/** What an audio-only model and its code may take, compressed: 1.5 MB. */
const MOST = 1.5e6;

/** What only networks of tfjs have in their code. */
const TFJS = /FusedDepthwiseConv2D/;

function compressed(files: EdgeFiles, names: Iterable<string> = files.keys()): number {
  return Array.from(names).reduce((sum, name) => sum + gzipSync(files.get(name)!).length, 0);
}

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

Deno.test("an edge worker with an audio-only model is below 1.5 MB compressed, without tfjs", async () => {
  const files = await edgeFilesOnce("workerd", await audioModel());
  assert.ok(compressed(files) < MOST, `${compressed(files)}`);
  assert.deepEqual([...files.keys()].filter((name) => /tfjs|kernels|networks/.test(name)), []);
  assert.doesNotMatch(text(files.get("worker.js")!), TFJS);
});

Deno.test("what a page loads for an audio-only model is below 1.5 MB compressed, without tfjs", async () => {
  const files = await edgeFilesOnce("browser", await audioModel());
  const code = await bundleCode({ entries: BROWSER_ENTRIES, node: false });
  const loaded = new Set(
    Object.keys(BROWSER_ENTRIES).flatMap((name) => [...loadedWith(`${name}.js`, code)]),
  );
  for (const name of loaded) assert.doesNotMatch(text(files.get(name)!), TFJS, name);
  const later = code.filter(({ name }) => name.endsWith(".js") && !loaded.has(name));
  assert.ok(later.some(({ bytes }) => TFJS.test(text(bytes))), "the check would notice tfjs");
  const all = [...loaded, "index.html", "page.css", "dsp.relaxed.wasm", "model.emofuse"];
  assert.ok(compressed(files, all) < MOST, `${compressed(files, all)}`);
});

Deno.test("bundled code makes no code at run time", async () => {
  for (const target of ["browser", "node", "workerd"] as const) {
    const files = await edgeFilesOnce(target, await audioModel());
    for (const [name, bytes] of files) {
      if (name.endsWith(".js")) assert.doesNotMatch(text(bytes), /\beval\(|new Function\b/, name);
    }
  }
});
