import { decodeSafetensors, type TensorMap } from "../../src/numeric/safetensors.ts";
import type { VariableSet } from "../../src/nn/variable_set.ts";

/** The tensors of `tests/fixtures/keras/<name>.safetensors`. */
export function kerasFixture(name: string): TensorMap {
  const url = new URL(`../fixtures/keras/${name}.safetensors`, import.meta.url);
  return decodeSafetensors(Deno.readFileSync(url)).tensors;
}

/** `numbers(count, seed)` of tests/fixtures/make_keras.py. */
export function numbers(count: number, seed: number): number[] {
  return Array.from({ length: count }, (_, i) => {
    let z = Math.imul(i + 1, 0x9e3779b9) + seed | 0;
    z = Math.imul(z ^ z >>> 16, 0x21f0aaad);
    z = Math.imul(z ^ z >>> 15, 0x735a2d97);
    return ((z ^ z >>> 15) >>> 0) / 2 ** 32 - 0.5;
  });
}

/** `initialise(model)` of tests/fixtures/make_keras.py: gives the weights before the step. */
export function initialWeights(variables: VariableSet): TensorMap {
  const entries = Object.entries(variables.tensors()).map(([name, { shape, data }], seed) => {
    const fan = shape.slice(0, -1).reduce((product, size) => product * size, 1);
    const values = numbers(data.length, seed).map((value) => {
      if (/gamma|moving_variance/.test(name)) return 1 + value;
      return /kernel/.test(name) ? value * 4 / Math.sqrt(fan) : value;
    });
    return [name, { shape, data: Float32Array.from(values) }];
  });
  return Object.fromEntries(entries);
}
