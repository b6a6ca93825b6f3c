import assert from "node:assert/strict";
import { testWith } from "../needs.ts";
import { fileURLToPath } from "node:url";
import { loadDsp } from "../../src/audio/load_dsp.ts";
import { voiceStatistics } from "../../src/audio/voice_statistics.ts";
import { Matrix } from "../../src/numeric/matrix.ts";
import { InputError } from "../../src/recognize/input_error.ts";
import { loadClassicalRecognizer } from "../../src/recognize/load_classical_recognizer.ts";
import { loadRecognizer } from "../../src/recognize/load_recognizer.ts";
import { fitTones, SAMPLE_RATE, tone, voiceBundle } from "./voice_bundle.ts";

const bundle = await voiceBundle();

Deno.test("predict() gives the probabilities of scaler and classifier on the clip's features", async () => {
  const recognizer = await loadRecognizer(bundle);
  const dsp = await loadDsp();
  const { scaler, classifier } = fitTones(dsp);
  for (const label of [0, 1] as const) {
    const samples = tone(label, 3, 3.5);
    const features = voiceStatistics(dsp, samples, { sampleRate: SAMPLE_RATE });
    const [calm, angry] =
      classifier.predictProba(scaler.transform(Matrix.fromRows([features]))).data;
    const prediction = recognizer.predict({ samples, sampleRate: SAMPLE_RATE });
    assert.equal(prediction.label, ["calm", "angry"][label]);
    assert.deepEqual(Object.keys(prediction.probabilities), ["calm", "angry"]);
    assert(Math.abs(prediction.probabilities.calm - calm) < 1e-6);
    assert(Math.abs(prediction.probabilities.angry - angry) < 1e-6);
    assert.deepEqual(prediction.modalities.audio, prediction.probabilities);
    assert.deepEqual(prediction.used, ["audio"]);
    assert.deepEqual(prediction.quality, []);
    assert.equal(prediction.fallback, undefined);
  }
  recognizer.dispose();
});

Deno.test("loadClassicalRecognizer() gives what loadRecognizer() gives", async () => {
  const [one, other] = [await loadRecognizer(bundle), await loadClassicalRecognizer(bundle)];
  const clip = { samples: tone(1), sampleRate: SAMPLE_RATE };
  assert.deepEqual(other.predict(clip), one.predict(clip));
});

Deno.test("a clip longer than the window is the mean of windows from its start, and one at its end", async () => {
  const recognizer = await loadRecognizer(bundle);
  const samples = new Float32Array(10 * SAMPLE_RATE);
  samples.set(tone(0, 5));
  samples.set(tone(1, 5), 5 * SAMPLE_RATE);
  const of = (from: number, to: number) =>
    recognizer.predict({
      samples: samples.subarray(from * SAMPLE_RATE, to * SAMPLE_RATE),
      sampleRate: SAMPLE_RATE,
    }).probabilities.calm;
  const { probabilities } = recognizer.predict({ samples, sampleRate: SAMPLE_RATE });
  assert(Math.abs(probabilities.calm - (of(0, 4) + of(4, 8) + of(6, 10)) / 3) < 1e-6);
});

Deno.test("sound at another rate is resampled to the model's", async () => {
  const recognizer = await loadRecognizer(bundle);
  const rate = 48000;
  const samples = Float32Array.from({ length: 2 * rate }, (_, i) => {
    const t = i / rate;
    return (0.2 + 0.1 * Math.sin(14 * Math.PI * t)) *
      (Math.sin(520 * Math.PI * t) + 0.3 * Math.sin(1040 * Math.PI * t));
  });
  const resampled = recognizer.predict({ samples, sampleRate: rate });
  const direct = recognizer.predict({ samples: tone(1), sampleRate: SAMPLE_RATE });
  assert.equal(resampled.label, "angry");
  assert(Math.abs(resampled.probabilities.angry - direct.probabilities.angry) < 0.05);
});

Deno.test("predict() says why a clip cannot be used, and the next one is not affected", async () => {
  const recognizer = await loadRecognizer(bundle);
  const good = { samples: tone(0), sampleRate: SAMPLE_RATE };
  const before = recognizer.predict(good);
  const holed = tone(0);
  holed[7000] = NaN;
  const frame = { data: new Uint8Array(32 * 32 * 3), n: 1, height: 32, width: 32, fps: 30 };
  for (
    const [clip, reason] of [
      [{}, /nothing to recognise/],
      [{ samples: new Float32Array(0), sampleRate: 8000 }, /the sound is too short/i],
      [{ samples: tone(0, 0.3), sampleRate: 8000 }, /the sound is too short/i],
      [{ samples: new Float32Array(16000), sampleRate: 8000 }, /the sound is silent/i],
      [{ samples: new Float32Array(16000).fill(1e-5), sampleRate: 8000 }, /the sound is silent/i],
      [{ samples: holed, sampleRate: 8000 }, /sample 7000 is NaN/],
      [{ samples: Float32Array.of(Infinity), sampleRate: 8000 }, /sample 0 is Infinity/],
      [{ samples: tone(0) }, /sampleRate is undefined/],
      [{ samples: tone(0), sampleRate: 999 }, /sampleRate is 999; allowed/],
      [{ samples: tone(0), sampleRate: 8000.5 }, /sampleRate is 8000.5; allowed/],
      [{ samples: [0, 1] as unknown as Float32Array, sampleRate: 8000 }, /Float32Array/],
      [{ frames: frame }, /there is no sound/i],
      [{ frames: { ...frame, n: 2 } }, /need 6144 values, got 3072/],
      [{ frames: { ...frame, n: -1 } }, /frames.n is -1/],
      [{ frames: { ...frame, width: 1e9 } }, /frames.width is 1000000000; allowed/],
      [{ frames: { ...frame, fps: 0 } }, /frames.fps is 0; allowed/],
    ] as const
  ) {
    assert.throws(
      () => recognizer.predict(clip),
      (error: unknown) => error instanceof InputError && reason.test(error.message),
      String(reason),
    );
    assert.deepEqual(recognizer.predict(good), before);
  }
});

Deno.test("a disposed recogniser predicts nothing more", async () => {
  const recognizer = await loadRecognizer(bundle);
  const stream = recognizer.stream();
  recognizer.dispose();
  recognizer.dispose();
  const clip = { samples: tone(0), sampleRate: SAMPLE_RATE };
  assert.throws(() => recognizer.predict(clip), /disposed/);
  assert.throws(() => recognizer.stream(), /disposed/);
  assert.throws(() => stream.push({ time: 0, ...clip }), /disposed/);
});

const program = fileURLToPath(new URL("./predict_often.ts", import.meta.url));

await testWith(["deno"], "10000 predictions leave memory as it was", async () => {
  // In a process of its own: tests that run beside this one share the memory of theirs.
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "--no-check", "--v8-flags=--expose-gc", "--allow-read", program],
    stdout: "piped",
    stderr: "piped",
  }).output();
  assert.equal(code, 0, new TextDecoder().decode(stderr));
  const [half, all] = JSON.parse(new TextDecoder().decode(stdout)) as Deno.MemoryUsage[];
  assert(all.external - half.external < 1e6, "memory outside the JavaScript heap grew");
  // The heap itself V8 makes larger as it likes; what is left in it, and what lies beside it, counts.
  const beside = (memory: Deno.MemoryUsage) => memory.rss - memory.heapTotal;
  assert(all.heapUsed - half.heapUsed < 2e6, "objects stay on the JavaScript heap");
  assert(beside(all) - beside(half) < 40e6, "the process grew");
});
