import assert from "node:assert/strict";
import { SileroVad } from "../../models/silero/silero_vad.ts";
import { WeightsError } from "../../models/weights_error.ts";
import { loadDsp } from "../../src/audio/load_dsp.ts";
import { encodeSafetensors } from "../../src/numeric/safetensors.ts";
import { SpeechProbabilities } from "../../src/segment/speech_probabilities.ts";
import fixture from "../fixtures/silero.json" with { type: "json" };
import { vad } from "./vad.ts";

const bytes = Uint8Array.from(atob(fixture.int16), (letter) => letter.charCodeAt(0));
const samples = Float32Array.from(new Int16Array(bytes.buffer), (value) => value / 32768);

async function probabilities(parts: readonly Float32Array[]): Promise<Float32Array> {
  const speech = new SpeechProbabilities(await loadDsp(), await vad());
  for (const part of parts) speech.push(part);
  return speech.end();
}

Deno.test("SpeechProbabilities gives what Silero's own network gives under onnxruntime", async () => {
  const found = await probabilities([samples]);
  assert.equal(found.length, fixture.probabilities.length);
  const worst = Math.max(...fixture.probabilities.map((p, i) => Math.abs(p - found[i])));
  // The weights are rounded to half precision.
  assert.ok(worst < 0.005, `they differ by up to ${worst}`);
});

Deno.test("SpeechProbabilities do not depend on how the sound is cut", async () => {
  const cuts = [0, 1, 700, 700, 20_000, 63_999, samples.length];
  const parts = cuts.slice(1).map((to, i) => samples.subarray(cuts[i], to));
  assert.deepEqual(await probabilities(parts), await probabilities([samples]));
  assert.equal((await probabilities([])).length, 0);
});

Deno.test("SileroVad refuses weights that are not its own", () => {
  const file = encodeSafetensors({ "conv1.weight": { shape: [1], data: Float32Array.of(1) } });
  assert.throws(() => new SileroVad(file), WeightsError);
});
