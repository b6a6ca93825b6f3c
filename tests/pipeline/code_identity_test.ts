import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { codeIdentity } from "../../src/pipeline/run/code_identity.ts";

Deno.test("codeIdentity() does not depend on what is bundled and written below build", async () => {
  const before = await codeIdentity();
  const dir = await Deno.makeTempDir({
    dir: fileURLToPath(new URL("../../build", import.meta.url)),
  });
  try {
    await Deno.writeTextFile(`${dir}/copy.ts`, "export {};");
    await Deno.writeFile(`${dir}/copy.wasm`, new Uint8Array(8));
    assert.deepEqual(await codeIdentity(), before);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
  assert.match(before.sha256, /^[0-9a-f]{64}$/);
});
