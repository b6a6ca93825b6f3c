import { fileWriter, parquetWriteRows } from "hyparquet-writer";
import type { FeatureTable } from "./feature_table.ts";

/** Rows that are written together: their columns are held in memory. */
const GROUP_ROWS = 256;

/** Writes a table as a Parquet file: text columns, then a column of 32-bit floating-point numbers a feature. */
export async function writeParquetTable(path: string, table: FeatureTable): Promise<void> {
  await parquetWriteRows({
    writer: fileWriter(path),
    rows: rowObjects(table),
    columns: [
      ...table.columns.map((name) => ({
        name,
        type: name === "frame" ? "INT32" as const : "STRING" as const,
      })),
      ...table.names.map((name) => ({ name, type: "FLOAT" as const })),
    ],
    rowGroupSize: GROUP_ROWS,
  });
}

async function* rowObjects(
  { names, keys, rows }: FeatureTable,
): AsyncGenerator<Record<string, string | number>> {
  let row = 0;
  for await (const values of rows) {
    yield { ...keys[row++], ...Object.fromEntries(names.map((name, i) => [name, values[i]])) };
  }
}
