import { mkdir, readFile } from "node:fs/promises";
import { isAbsolute, join, relative } from "node:path";
import { dump } from "js-yaml";
import type { ModelCard } from "../../recognize/bundle/model_card.ts";
import { csvLine } from "../../report/csv/csv_line.ts";
import { AUDFORMAT_HEADER } from "../../corpus/audformat/read_audformat.ts";
import { predictionColumns, predictionFields } from "./csv_results.ts";
import type { ClipResults } from "./result_format.ts";
import { writeFileAtomically } from "../../runtime/write_file_atomically.ts";

/** Name of the database. */
const DATABASE = "emofuse-predictions";

/** Name of the one table. */
const TABLE = "predictions";

/**
 * Writes results as a folder in audformat (audEERING, https://audeering.github.io/audformat/), which the Python package
 * of that name loads: `db.yaml`, and one segmented table with the label under the scheme `emotion`, its confidence and
 * every probability, what it goes by, notes, and why where nothing is said. A whole file has no end. Files inside the
 * folder are named relative to it, others by their absolute paths.
 *
 * @param folder Absolute path of the folder; it is made where there is none.
 */
export async function writeAudformat(
  folder: string,
  card: ModelCard,
  results: ClipResults,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const labels = new Set(card.labels);
  await writeFileAtomically(
    join(folder, `db.${TABLE}.csv`),
    tableLines(folder, card, results, labels),
  );
  await writeFileAtomically(join(folder, AUDFORMAT_HEADER), [header(card, [...labels])]);
}

/** Whether a folder holds a database in audformat that {@linkcode writeAudformat} has not written. */
export async function isForeignDatabase(folder: string): Promise<boolean> {
  const text = await readFile(join(folder, AUDFORMAT_HEADER), "utf8").catch(() => undefined);
  return text !== undefined && !text.split("\n").includes(`name: ${DATABASE}`);
}

async function* tableLines(
  folder: string,
  { labels }: ModelCard,
  results: ClipResults,
  used: Set<string>,
): AsyncGenerator<string> {
  yield csvLine(["file", "start", "end", ...columnsOf(labels)]);
  const seen = new Set<string>();
  for await (const { clip: { path }, parts } of results) {
    const inside = relative(folder, path);
    const file = inside.startsWith("..") || isAbsolute(inside) ? path : inside;
    for (const part of parts) {
      const times = [duration(part.start ?? 0), duration(part.end)];
      // An index of pandas has every key once.
      const key = [file, ...times].join("\n");
      if (seen.has(key)) continue;
      seen.add(key);
      if ("prediction" in part) used.add(part.prediction.label);
      const error = "reason" in part ? part.reason : undefined;
      yield csvLine([
        file.replaceAll("\\", "/"),
        ...times,
        ...predictionFields(labels, part),
        error,
      ]);
    }
  }
}

/** Names of the columns, the label's being that of its scheme. */
function columnsOf(labels: readonly string[]): string[] {
  const [, ...rest] = predictionColumns(labels);
  return ["emotion", ...rest, "error"];
}

/**
 * A duration as pandas reads it; nothing for the end of a file.
 *
 * @example
 * ```ts
 * import { duration } from "./audformat_results.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(duration(3661.25), "0 days 01:01:01.250000");
 * assert.equal(duration(undefined), undefined);
 * ```
 */
export function duration(seconds: number | undefined): string | undefined {
  if (seconds === undefined) return undefined;
  const micros = Math.round(seconds * 1e6);
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  const day = 86_400e6;
  const clock = [micros % day / 3600e6, micros / 60e6 % 60, micros / 1e6 % 60].map(two).join(":");
  return `${Math.floor(micros / day)} days ${clock}.${String(micros % 1e6).padStart(6, "0")}`;
}

function header({ name, labels, licence, limits }: ModelCard, used: readonly string[]): string {
  const schemeOf = (column: string) =>
    column === "confidence" || column.startsWith("p_") ? "probability" : column;
  return dump({
    name: DATABASE,
    source: `predicted by ${name}`,
    usage: "other",
    description: `Predictions of a model, no ratings by people. ${limits.join(" ")}`,
    license: licence.weights,
    schemes: {
      emotion: { dtype: "str", labels: [...used] },
      probability: { dtype: "float", minimum: 0, maximum: 1 },
      used: { dtype: "str" },
      notes: { dtype: "str" },
      error: { dtype: "str" },
    },
    tables: {
      [TABLE]: {
        type: "segmented",
        columns: Object.fromEntries(
          columnsOf(labels).map((column) => [column, { scheme_id: schemeOf(column) }]),
        ),
      },
    },
  });
}
