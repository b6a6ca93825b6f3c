import assert from "node:assert/strict";
import { loadDsp } from "../../src/audio/load_dsp.ts";
import { melSpectrogram } from "../../src/audio/mel_spectrogram.ts";
import { mfcc } from "../../src/audio/mfcc.ts";
import { powerToDb } from "../../src/audio/power_to_db.ts";
import { WasmDecoder } from "../../src/media/wasm_decoder.ts";
import { withFolder } from "../with_folder.ts";

/** One result of make_librosa_load.py. */
interface LoadCase {
  readonly signal: string;
  readonly rate: number;
  readonly length: number;
  readonly samples: readonly number[];
  readonly mel: readonly number[];
  readonly mfcc: readonly number[];
}

const fixtures = new URL("../fixtures/", import.meta.url);
const cases: readonly LoadCase[] = JSON.parse(
  Deno.readTextFileSync(new URL("librosa_load/cases.json", fixtures)),
);
const dsp = await loadDsp();

/** Mel bands above this one, of 128, lie between the filters' pass band and the Nyquist rate, from 3654 Hz on. */
const PASS_BANDS = 120;

/** The largest difference of the values from number `from` on. */
function worst(a: ArrayLike<number>, b: ArrayLike<number>, from = 0, to = a.length): number {
  let most = 0;
  for (let i = from; i < to; i++) most = Math.max(most, Math.abs(a[i] - b[i]));
  return most;
}

for (const { signal, rate, length, samples, mel, mfcc: coefficients } of cases) {
  Deno.test(`WasmDecoder.decode() of ${signal} at ${rate} Hz gives what librosa.load() does`, async () => {
    await withFolder(async (dir) => {
      const bytes = Deno.readFileSync(new URL(`librosa/${signal}.wav`, fixtures));
      new DataView(bytes.buffer).setUint32(24, rate, true);
      await Deno.writeFile(`${dir}/a.wav`, bytes);
      const decoder = new WasmDecoder();
      const clip = await decoder.decode(`${dir}/a.wav`, { picture: false, sampleRate: 8000 });
      await decoder.close();
      assert.equal(clip.samples.length, length);
      const step = Math.max(1, Math.floor(length / 100));
      assert.ok(worst(samples.map((_, i) => clip.samples[i * step]), samples) < 2e-3);
      const { data, nFrames } = melSpectrogram(dsp, clip.samples, { sampleRate: 8000 });
      const db = powerToDb(dsp, data);
      const inside = worst(db, mel, 0, PASS_BANDS * nFrames);
      assert.ok(inside < 0.02, `mel bands in the pass band: ${inside} dB`);
      // Both filters fall by 60 dB here, not by quite the same curve.
      const beyond = worst(db, mel, PASS_BANDS * nFrames);
      assert.ok(beyond < 1, `mel bands beyond the pass band: ${beyond} dB`);
      const difference = worst(mfcc(dsp, clip.samples, { sampleRate: 8000 }).data, coefficients);
      assert.ok(difference < 0.2, `MFCC: ${difference}`);
    });
  });
}
