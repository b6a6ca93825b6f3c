import { checkSamples } from "./check_samples.ts";
import type { Dsp } from "./dsp.ts";
import { type Extension, extensionNumber } from "./extension.ts";
import { type FrameValues, type FramingOptions, layFrames } from "./framing.ts";

/** Settings of {@linkcode rms}. */
export interface RmsOptions extends FramingOptions {
  /** What is added beyond the ends if frames are centred. Default: `"constant"`, zeros. */
  readonly padMode?: Extension;
}

/**
 * Root mean square of each frame, in the unit of the samples: sqrt(sum of x[t]^2 / frameLength), as
 * `librosa.feature.rms(y=samples)`. The result has the shape [nFrames], with 1 + floor(n / hopLength)
 * frames of n samples if `frameLength` is even and frames are centred.
 *
 * @example
 * ```ts
 * import { loadDsp } from "./load_dsp.ts";
 * import { rms } from "./rms.ts";
 * import assert from "node:assert/strict";
 *
 * const tone = Float32Array.from({ length: 8000 }, (_, t) => Math.sin(2 * Math.PI * t / 16));
 * const { data, nFrames } = rms(await loadDsp(), tone, { frameLength: 1024, hopLength: 256 });
 * assert.equal(nFrames, 32);
 * assert.ok(Math.abs(data[16] - Math.SQRT1_2) < 1e-6);
 * ```
 *
 * @throws {AudioInputError} If there are no samples, too few for one frame, too many, or one is not a
 * usable number.
 * @throws {AudioOptionError} If an option is impossible.
 */
export function rms(dsp: Dsp, samples: Float32Array, options: RmsOptions = {}): FrameValues {
  const mode = extensionNumber(options.padMode ?? "constant");
  checkSamples(samples);
  const { frameLength, hopLength, pad, nFrames } = layFrames(samples.length, options);
  const data = dsp.run(samples, (wasm, x) => ({
    at: wasm.runRms(x, samples.length, pad, mode, frameLength, hopLength, nFrames),
    length: nFrames,
  }));
  return { data, nFrames };
}
