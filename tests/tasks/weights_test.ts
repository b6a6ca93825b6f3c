import assert from "node:assert/strict";
import { vggfaceArrays, writeKerasFile } from "../vision/vgg16_fixture.ts";

async function weights(...args: string[]): Promise<{ code: number; stderr: string }> {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", "-A", "tasks/weights.ts", ...args],
    cwd: new URL("../../", import.meta.url),
    env: { NO_COLOR: "1" },
    stdout: "null",
    stderr: "piped",
  }).output();
  return { code, stderr: new TextDecoder().decode(stderr) };
}

Deno.test("weights task names the missing layer in one line and exits with 1", async () => {
  const dir = await Deno.makeTempDir();
  try {
    const file = `${dir}/some.h5`;
    await Deno.writeFile(file, await writeKerasFile([0, 1].flatMap(vggfaceArrays)));
    const { code, stderr } = await weights(file, "--out", `${dir}/out.safetensors`);
    assert.equal(code, 1);
    assert.match(stderr, /^error: .*some\.h5: layer conv2_1 is missing; .*\n$/);
    assert.deepEqual([...Deno.readDirSync(dir)].map(({ name }) => name), ["some.h5"]);
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});

Deno.test("weights task exits with 2 for a flag it does not know and without a file", async () => {
  const unknown = await weights("some.h5", "--output", "x");
  assert.equal(unknown.code, 2);
  assert.match(unknown.stderr, /^error: unknown option '--output'.*\n$/);
  const none = await weights();
  assert.equal(none.code, 2);
  assert.match(none.stderr, /^error: missing required argument 'file'.*\n$/);
});
