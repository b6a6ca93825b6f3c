import assert from "node:assert/strict";
import { loadDsp } from "../../src/audio/load_dsp.ts";
import { logMel } from "../../src/audio/log_mel.ts";
import { melSpectrogram } from "../../src/audio/mel_spectrogram.ts";

const dsp = await loadDsp();
const sampleRate = 8000;

/** `seconds` of silence in which a tone of 1000 Hz sounds from `from` to `to`. */
function tone(seconds: number, from: number, to: number): Float32Array {
  return Float32Array.from({ length: seconds * sampleRate }, (_, t) => {
    const time = t / sampleRate;
    return time >= from && time < to ? 0.5 * Math.sin(2 * Math.PI * 1000 * time) : 0;
  });
}

/** The loudest band of each frame, in dB. */
function levels({ data, nFrames, nMels }: ReturnType<typeof logMel>): number[] {
  return Array.from(
    { length: nFrames },
    (_, t) => Math.max(...data.subarray(t * nMels, (t + 1) * nMels)),
  );
}

Deno.test("logMel() puts the sound into the middle and says when its first frame is", () => {
  for (const from of [0.4, 1, 1.8]) {
    const picture = logMel(dsp, tone(4, from, from + 1), { sampleRate });
    const loud = levels(picture).map((level, t) => level > -20 ? t : -1).filter((t) => t >= 0);
    assert.equal(loud.at(-1)! - loud[0] + 1, loud.length, "one stretch");
    const middle = (loud[0] + loud.at(-1)!) / 2;
    assert(Math.abs(middle - 63.5) <= 2, `middle ${middle}`);
    // 50 frames a second from `start` on: the frame where the sound begins is there in time, too.
    const begins = picture.start + loud[0] / 50;
    assert(Math.abs(begins - from) <= 0.04, `begins at ${begins}, not ${from}`);
  }
});

Deno.test("logMel() begins before the samples where the sound is too short to fill it", () => {
  const { start } = logMel(dsp, tone(1, 0, 1), { sampleRate, nFrames: 128 });
  assert(Math.abs(start - -(128 - 50) / 2 / 50) <= 0.04, `${start}`);
});

Deno.test("logMel() takes its levels from the mel spectrogram, 60 dB of them", () => {
  const samples = tone(2, 0.3, 1.7).map((value, t) => value + 1e-5 * Math.sin(t * t));
  const nMels = 40;
  const picture = logMel(dsp, samples, { sampleRate, nMels, nFrames: 80 });
  const mel = melSpectrogram(dsp, samples, {
    ...{ sampleRate, nMels, nFft: 256, winLength: 256, hopLength: 160 },
  });
  const first = Math.round(picture.start * 50);
  const loudest = 10 * Math.log10(mel.data.reduce((a, b) => Math.max(a, b)));
  for (let t = 10; t < 70; t++) {
    for (let band = 0; band < nMels; band++) {
      const power = mel.data[band * mel.nFrames + first + t];
      const expected = Math.max(10 * Math.log10(Math.max(power, 1e-10)), loudest - 60);
      assert(Math.abs(picture.data[t * nMels + band] - expected) < 1e-2, `${t}, ${band}`);
    }
  }
  const least = picture.data.reduce((a, b) => Math.min(a, b));
  assert(Math.abs(least - (loudest - 60)) < 1e-2);
});

Deno.test("logMel() is finite for silence and for a click, and refuses nothing to hear", () => {
  const click = new Float32Array(4000);
  click[2000] = 1;
  for (const samples of [new Float32Array(8000), click, Float32Array.of(0.5)]) {
    const { data, start } = logMel(dsp, samples, { sampleRate });
    assert.equal(data.length, 128 * 64);
    assert(data.every(Number.isFinite) && Number.isFinite(start));
  }
  assert.throws(() => logMel(dsp, new Float32Array(), { sampleRate }), { name: "AudioInputError" });
});
