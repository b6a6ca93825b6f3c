import assert from "node:assert/strict";
import { loadDsp } from "../../src/audio/load_dsp.ts";
import { whisperLogMel } from "../../src/audio/whisper_log_mel.ts";
import defined from "../fixtures/whisper/log_mel.json" with { type: "json" };
import extracted from "../fixtures/whisper_transformers/log_mel.json" with { type: "json" };
import { fixtureSound } from "../models/whisper_fixture.ts";

for (
  const [whose, samples, expected] of [
    ["log_mel_spectrogram of openai/whisper", 8123, defined],
    ["WhisperFeatureExtractor of transformers", 33_123, extracted],
  ] as const
) {
  Deno.test(`whisperLogMel() is ${whose} within 1e-4`, async () => {
    const { data, nFrames } = whisperLogMel(await loadDsp(), fixtureSound(samples));
    assert.deepEqual([nFrames, data.length / nFrames], expected.shape);
    expected.picked.forEach((value, i) => {
      const actual = data[i * 131 % data.length];
      assert(Math.abs(value - actual) < 1e-4, `number ${i}: ${actual}, not ${value}`);
    });
  });
}

Deno.test("whisperLogMel() of silence is -1.5 everywhere: log10 of 1e-10, scaled", async () => {
  const { data, nFrames } = whisperLogMel(await loadDsp(), new Float32Array(500));
  assert.equal(nFrames, 3);
  assert(data.every((value) => value === -1.5));
});

Deno.test("whisperLogMel() refuses a sound too short to be mirrored", async () => {
  const dsp = await loadDsp();
  assert.throws(() => whisperLogMel(dsp, new Float32Array(200)), /200 samples.*at least 201/);
  assert.equal(whisperLogMel(dsp, new Float32Array(201)).nFrames, 1);
});
