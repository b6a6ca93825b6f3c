import type { Ear } from "../../models/ear.ts";

/** An ear that needs no network: each layer gives the mean of every 320 samples, times its number. */
export function toyEar(): Ear {
  const width = 3;
  return {
    name: "toy",
    weightsHash: "00",
    licence: "none",
    source: "a test",
    sampleRate: 16000,
    rowsPerSecond: 50,
    layers: 5,
    width,
    input: "samples",
    most: 16000,
    listen: (samples, n) =>
      Array.from({ length: 5 }, (_, layer) => {
        const rows = Math.ceil(n / 320);
        return Float32Array.from({ length: rows * width }, (_, i) => {
          const part = samples.subarray(
            Math.floor(i / width) * 320,
            Math.floor(i / width + 1) * 320,
          );
          const mean = part.reduce((sum, value) => sum + value, 0) / part.length;
          return mean * (layer + 1) + i % width;
        });
      }),
    dispose() {},
  };
}
