import assert from "node:assert/strict";
import { voiceBundle } from "./voice_bundle.ts";

/** What a module imports when it runs: types leave no trace. */
const IMPORTS =
  /(?:^|\n)\s*(?:import|export)\s+(?!type\b)[^;"'`]*?from\s+"([^"]+)"|import\("([^"]+)"\)/g;

/** The modules that `entry` needs, and the packages. */
async function reach(entry: URL): Promise<{ files: Map<string, string>; packages: Set<string> }> {
  const files = new Map<string, string>();
  const packages = new Set<string>();
  const waiting = [entry];
  for (let url = waiting.pop(); url; url = waiting.pop()) {
    if (files.has(url.href)) continue;
    const code = (await Deno.readTextFile(url)).replace(/\/\*\*[\s\S]*?\*\//g, "");
    files.set(url.href, code);
    for (const [, name, lazy] of code.matchAll(IMPORTS)) {
      const specifier = name ?? lazy;
      if (specifier.startsWith(".")) waiting.push(new URL(specifier, url));
      else packages.add(specifier);
    }
  }
  return { files, packages };
}

const recognize = new URL("../../src/recognize/", import.meta.url);

Deno.test("nothing that the recogniser needs knows of Deno, Node or a file system", async () => {
  const { files, packages } = await reach(new URL("load_recognizer.ts", recognize));
  assert(files.size > 50, `only ${files.size} modules were found`);
  for (const [file, code] of files) {
    assert(!/\bDeno\.|\bprocess\.|\beval\(|new Function\(/.test(code), `${file} is not portable`);
  }
  assert.deepEqual([...packages].filter((name) => !name.startsWith("@tensorflow/")), []);
});

Deno.test("nothing that the classical recogniser needs is a package", async () => {
  const { packages } = await reach(new URL("load_classical_recognizer.ts", recognize));
  assert.deepEqual([...packages], []);
});

Deno.test("code, DSP core and bundle of a voice model are under 1.5 MB compressed", async () => {
  const { files } = await reach(new URL("load_classical_recognizer.ts", recognize));
  const dsp = await Deno.readFile(new URL("../../build/dsp.wasm", import.meta.url));
  const parts = [...files.values(), dsp, await voiceBundle()];
  const packed = new Blob(parts).stream().pipeThrough(new CompressionStream("gzip"));
  const { byteLength } = await new Response(packed).arrayBuffer();
  assert(byteLength < 1.5e6, `${byteLength} bytes`);
});
