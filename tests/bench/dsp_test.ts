import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Runs `deno task bench` with its own permission set. */
async function bench(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "-P=bench", "tasks/bench.ts", ...args],
    cwd: root,
    env: { NO_COLOR: "1" },
  }).output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: decode(stdout), err: decode(stderr) };
}

Deno.test("bench dsp compares and times meyda and essentia.js", async () => {
  const { code, out, err } = await bench("dsp", "--quick");
  assert.equal(code, 0, err);
  assert.match(out, /│ meyda [\d.]+ +│ +[\d.]+ │ +[\d.]+ │ +[\d.]+ times │ \S+ \(allowed: 1e-3\)/);
  assert.match(out, /│ essentia\.js [\d.]+ +│ +[\d.]+ │ +[\d.]+ │ +[\d.]+ times │ \S+ \(allowed/);
  assert.doesNotMatch(out, /librosa \d/);
});

Deno.test("bench says which Python or bench it cannot use", async () => {
  const python = await bench("dsp", "--quick", "--python", "no-such-python");
  assert.equal(python.code, 1);
  assert.match(python.err, /error: --python no-such-python cannot be started/);

  // A program that is no Python ends without an answer.
  const deno = await bench("dsp", "--quick", "--python", Deno.execPath());
  assert.equal(deno.code, 1);
  assert.match(deno.err, /error: --python .* ended: /);

  const other = await bench("fft");
  assert.equal(other.code, 2);
  assert.match(other.err, /fft is no bench; allowed: dsp, faceres, pool, serve, train, vgg/);

  const vgg = await bench("vgg", "--python", "python3");
  assert.equal(vgg.code, 2);
  assert.match(vgg.err, /--python goes with dsp and train only/);
});
