import assert from "node:assert/strict";
import { AudioOptionError } from "../../src/audio/errors.ts";
import { loadDsp } from "../../src/audio/load_dsp.ts";
import { melFilterBank, type MelFilterBankOptions } from "../../src/audio/mel_filter_bank.ts";
import { assertLikeLibrosa } from "./librosa_spectral.ts";

const dsp = await loadDsp();

Deno.test("melFilterBank() equals librosa", () => {
  const tolerance = { relative: 6e-7, absolute: 1e-9 };
  assertLikeLibrosa("melFilterBank", 18, tolerance, (_, { sampleRate, options }) => {
    const { data, nMels, nBins } = melFilterBank(dsp, { sampleRate, ...options });
    return { data, shape: [nMels, nBins] };
  });
});

Deno.test("melFilterBank() has empty rows where filters are narrower than bins", () => {
  const { data, nBins } = melFilterBank(dsp, { sampleRate: 16000, nFft: 64, nMels: 128 });
  const sums = Array.from(
    { length: 128 },
    (_, m) => data.subarray(m * nBins, (m + 1) * nBins).reduce((a, b) => a + b, 0),
  );
  assert.ok(sums.some((sum) => sum === 0));
  assert.ok(sums.some((sum) => sum > 0));
});

Deno.test("melFilterBank() of height 1 adds up to 1 between its first and last peak", () => {
  for (const scale of ["slaney", "htk"] as const) {
    const options = { sampleRate: 16000, nFft: 4096, nMels: 20, scale, norm: "none" } as const;
    const { data, nBins, nMels } = melFilterBank(dsp, options);
    const peak = (m: number) => {
      const row = data.subarray(m * nBins, (m + 1) * nBins);
      return row.indexOf(Math.max(...row));
    };
    for (let k = peak(0) + 1; k < peak(nMels - 1); k++) {
      let sum = 0;
      for (let m = 0; m < nMels; m++) sum += data[m * nBins + k];
      assert.ok(Math.abs(sum - 1) < 1e-6, `${scale}, bin ${k}: ${sum}`);
    }
  }
});

Deno.test("melFilterBank() throws for impossible options and names them", () => {
  const wrong: [string, unknown][] = [
    ["sampleRate", 0],
    ["sampleRate", NaN],
    ["sampleRate", "8000"],
    ["sampleRate", undefined],
    ["nFft", 100],
    ["nMels", 0],
    ["nMels", 513],
    ["nMels", 1.5],
    ["fMin", -1],
    ["fMin", 4000],
    ["fMin", "20"],
    ["fMax", 4001],
    ["fMax", NaN],
    ["scale", "bark"],
    ["norm", "l1"],
  ];
  for (const [option, value] of wrong) {
    assert.throws(
      () => melFilterBank(dsp, { sampleRate: 8000, [option]: value } as MelFilterBankOptions),
      // With an impossible upper edge there is no room for the lower one either.
      (error) =>
        error instanceof AudioOptionError &&
        (error.option === option || (option === "fMax" && error.option === "fMin")),
      `${option} ${value}`,
    );
  }
});
