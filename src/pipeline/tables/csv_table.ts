import type { FeatureTable } from "./feature_table.ts";

/**
 * A table as CSV (RFC 4180, UTF-8), in parts: a header, then a line a row. Numbers are the shortest that give the
 * same 32-bit value when they are read.
 */
export async function* csvTable(
  { columns, names, keys, rows }: FeatureTable,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder();
  const line = (fields: readonly string[]) => encoder.encode(`${fields.join(",")}\r\n`);
  yield line([...columns, ...names].map(quoted));
  let row = 0;
  for await (const values of rows) {
    const key = keys[row++];
    yield line([
      ...columns.map((name) => quoted(String(key[name]))),
      ...Array.from(values, shortest),
    ]);
  }
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Nine digits tell all 32-bit floating-point numbers apart, and mostly fewer do. */
function shortest(value: number): string {
  for (const digits of [6, 7, 8]) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(Number(value.toPrecision(9)));
}
