import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { Dsp } from "../../src/audio/dsp.ts";
import { AudioInputError, DspLoadError } from "../../src/audio/errors.ts";
import { loadDsp } from "../../src/audio/load_dsp.ts";

/** An empty, valid WebAssembly module. */
const EMPTY_MODULE = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);

async function loadBytes(bytes: Uint8Array): Promise<Dsp> {
  const file = await Deno.makeTempFile({ suffix: ".wasm" });
  try {
    await Deno.writeFile(file, bytes);
    return await loadDsp(pathToFileURL(file));
  } finally {
    await Deno.remove(file);
  }
}

Deno.test("loadDsp() says how to build the core when it is missing", async () => {
  await assert.rejects(
    loadDsp(new URL("./no-such-file.wasm", import.meta.url)),
    (error) =>
      error instanceof DspLoadError && /no-such-file\.wasm is missing/.test(error.message) &&
      /deno task build/.test(error.message),
  );
});

Deno.test("loadDsp() throws for a file that is not WebAssembly", async () => {
  await assert.rejects(
    loadBytes(new TextEncoder().encode("not WebAssembly")),
    (error) => error instanceof DspLoadError && /not a WebAssembly module/.test(error.message),
  );
});

Deno.test("loadDsp() throws for a module that is not the core, and names what it lacks", async () => {
  await assert.rejects(
    loadBytes(EMPTY_MODULE),
    (error) => error instanceof DspLoadError && /lacks .*runMfcc.*memory/.test(error.message),
  );
});

Deno.test("Dsp needs no import and no file system", async () => {
  const bytes = await Deno.readFile(new URL("../../build/dsp.wasm", import.meta.url));
  const module = await WebAssembly.compile(bytes);
  assert.deepEqual(WebAssembly.Module.imports(module), []);
  assert.ok(new Dsp(module).memoryBytes > 0);
});

Deno.test("Dsp throws for more memory than there can be, gives all back and works on", async () => {
  const dsp = await loadDsp();
  const input = new Float32Array([1, 2, 3]);
  const before = dsp.memoryBytes;
  const tooMuch = 2 ** 32 - 16;
  assert.throws(
    () => dsp.run(input, (wasm) => ({ at: wasm.alloc(tooMuch), length: 0 })),
    AudioInputError,
  );
  assert.throws(() => dsp.plan("large", (wasm) => wasm.alloc(tooMuch)), AudioInputError);
  assert.equal(dsp.memoryBytes, before);
  assert.deepEqual(dsp.run(input, (_, at) => ({ at, length: 3 })), input);
  assert.equal(dsp.plan("small", (wasm) => wasm.alloc(16)) % 16, 0);
});
