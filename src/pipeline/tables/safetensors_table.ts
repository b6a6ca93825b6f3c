import type { FeatureTable } from "./feature_table.ts";

/** The format aligns its data to this many bytes. */
const ALIGNMENT = 8;

/**
 * A table as a safetensors file, in parts: a tensor `features` [rows, width] of 32-bit numbers. The metadata hold
 * `names` and the columns that come first (`file` ...), a JSON list each.
 */
export async function* safetensorsTable(
  { columns, names, keys, rows }: FeatureTable,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const bytes = 4 * keys.length * names.length;
  const lists = columns.map((name) => [name, JSON.stringify(keys.map((key) => key[name]))]);
  const header = JSON.stringify({
    __metadata__: { ...Object.fromEntries(lists), names: JSON.stringify(names) },
    features: { dtype: "F32", shape: [keys.length, names.length], data_offsets: [0, bytes] },
  });
  const encoded = new TextEncoder().encode(header);
  const length = Math.ceil(encoded.length / ALIGNMENT) * ALIGNMENT;
  const start = new Uint8Array(ALIGNMENT + length).fill(0x20);
  new DataView(start.buffer).setBigUint64(0, BigInt(length), true);
  start.set(encoded, ALIGNMENT);
  yield start;
  for await (const values of rows) yield new Uint8Array(Float32Array.from(values).buffer);
}
