import { decodeSafetensors } from "../../src/numeric/safetensors.ts";

const folder = new URL("../fixtures/librosa/", import.meta.url);

/** The samples of a WAV file of `make_librosa.py` by its name. */
export function readWav(name: string): Float32Array<ArrayBuffer> {
  return readWavFile(new URL(`${name}.wav`, folder));
}

/** The samples of a 16-bit mono WAV file as Python writes it: a header of 44 bytes. */
export function readWavFile(url: URL): Float32Array<ArrayBuffer> {
  const { buffer } = Deno.readFileSync(url);
  return Float32Array.from(new Int16Array(buffer, 44), (value) => value / 32768);
}

/** MFCCs by a reference library: values [coefficients, frames] and their shape. */
export function readReference(name: string): { shape: readonly number[]; data: Float32Array } {
  const { tensors } = decodeSafetensors(
    Deno.readFileSync(new URL("mfcc.safetensors", folder)),
  );
  const { shape, data } = tensors[name];
  if (!(data instanceof Float32Array)) throw new TypeError(`${name} is not single precision`);
  return { shape, data };
}

/** The largest difference of two arrays of one length; NaN if either holds one. */
export function maxDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new RangeError(`${a.length} values against ${b.length}`);
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i] - b[i]));
  return largest;
}
