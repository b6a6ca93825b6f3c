import assert from "node:assert/strict";
import { runTask } from "../tasks/cli.ts";

Deno.test("bench dsp compares and times meyda and essentia.js", async () => {
  const { code, out, said } = await runTask("bench", "dsp", "--quick");
  assert.equal(code, 0, said);
  assert.match(out, /│ meyda [\d.]+ +│ +[\d.]+ │ +[\d.]+ │ +[\d.]+ times │ \S+ \(allowed: 1e-3\)/);
  assert.match(out, /│ essentia\.js [\d.]+ +│ +[\d.]+ │ +[\d.]+ │ +[\d.]+ times │ \S+ \(allowed/);
  assert.doesNotMatch(out, /librosa \d/);
});

Deno.test("bench says which Python or bench it cannot use", async () => {
  const python = await runTask("bench", "dsp", "--quick", "--python", "no-such-python");
  assert.equal(python.code, 1);
  assert.match(python.said, /error: --python no-such-python cannot be started/);

  // A program that is no Python ends without an answer.
  const deno = await runTask("bench", "dsp", "--quick", "--python", Deno.execPath());
  assert.equal(deno.code, 1);
  assert.match(deno.said, /error: --python .* ended: /);

  const other = await runTask("bench", "fft");
  assert.equal(other.code, 2);
  assert.match(
    other.said,
    /fft is no bench; allowed: dsp, faceres, film, import, pool, segments, serve, start, store, train, vgg, whisper/,
  );

  const vgg = await runTask("bench", "vgg", "--python", "python3");
  assert.equal(vgg.code, 2);
  assert.match(vgg.said, /--python goes with dsp, train and whisper only/);
});
