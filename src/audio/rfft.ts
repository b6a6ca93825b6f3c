import { checkSamples } from "./check_samples.ts";
import type { Dsp } from "./dsp.ts";
import { AudioInputError } from "./errors.ts";

/** The spectrum of a real frame of n samples: bins 0 to n / 2. */
export interface Spectrum {
  /** Real parts. */
  readonly re: Float32Array;
  /** Imaginary parts; those of the first and the last bin are 0. */
  readonly im: Float32Array;
}

/** The core transforms four frames at once, interleaved; this function uses one of the four. */
const LANES = 4;

/**
 * Discrete Fourier transform of one real frame, as `numpy.fft.rfft`:
 * X[k] = sum over t of x[t] exp(-2 pi i k t / n), for k = 0 to n / 2.
 *
 * @example
 * ```ts
 * import { loadDsp } from "./load_dsp.ts";
 * import { rfft } from "./rfft.ts";
 * import assert from "node:assert/strict";
 *
 * const dsp = await loadDsp();
 * const cosine = Float32Array.from({ length: 64 }, (_, t) => Math.cos(2 * Math.PI * 5 * t / 64));
 * const { re } = rfft(dsp, cosine);
 * assert.equal(Math.round(re[5]), 32);
 * ```
 *
 * @throws {AudioInputError} If the frame's length is not a power of two from 64 to 8192, or a sample
 * is not a usable number.
 */
export function rfft(dsp: Dsp, frame: Float32Array): Spectrum {
  const n = frame.length;
  if (n < 64 || n > 8192 || (n & (n - 1)) !== 0) {
    throw new AudioInputError(
      `the frame has ${n} samples: it must have a power of two, from 64 to 8192`,
    );
  }
  checkSamples(frame);
  const plan = dsp.plan(`rfft ${n}`, (wasm) => wasm.createFft(n));
  const x = new Float32Array(n * LANES);
  for (let t = 0; t < n; t++) x[t * LANES] = frame[t];
  const bins = n / 2 + 1;
  const cells = dsp.run(x, (wasm, input) => {
    const at = wasm.alloc(bins * 2 * LANES * 4);
    wasm.rfft4(plan, input, at);
    return { at, length: bins * 2 * LANES };
  });
  const re = new Float32Array(bins), im = new Float32Array(bins);
  for (let k = 0; k < bins; k++) {
    re[k] = cells[2 * k * LANES];
    im[k] = cells[(2 * k + 1) * LANES];
  }
  return { re, im };
}
