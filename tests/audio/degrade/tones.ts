/** A tone of a second, at a tenth of full scale. */
export function tone(frequency: number, sampleRate: number): Float32Array<ArrayBuffer> {
  return Float32Array.from(
    { length: sampleRate },
    (_, t) => Math.sin(2 * Math.PI * frequency * t / sampleRate) / 10,
  );
}

/** By how many dB the second half of a tone changes, once a filter has settled. */
export function gainAt(
  change: (samples: Float32Array) => Float32Array,
  frequency: number,
  sampleRate: number,
): number {
  const before = tone(frequency, sampleRate);
  const half = sampleRate / 2;
  return decibels(power(change(before).subarray(half)) / power(before.subarray(half)));
}

/** The mean square of a sound. */
export function power(samples: Float32Array): number {
  return samples.reduce((sum, x) => sum + x * x, 0) / samples.length;
}

/** A ratio of powers in dB. */
export function decibels(ratio: number): number {
  return 10 * Math.log10(ratio);
}
