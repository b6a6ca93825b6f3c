import { CorpusError } from "../corpus_error.ts";
import type { ListChoice } from "../manifest/list_choice.ts";
import type { AudColumn, AudHeader, AudTable } from "./header.ts";

/** Where labels and speakers stand. */
export interface AudColumns {
  /** The tables of the clips: one, or several that are the parts of one split. */
  readonly tables: readonly AudTable[];
  /** The column of the label, in each of them. */
  readonly label: AudColumn;
  /** The column of the speaker, in each of them or in each of `speakerTables`. */
  readonly speaker: AudColumn;
  /** The tables that tell of the speakers of files, where those of the clips do not. */
  readonly speakerTables: readonly AudTable[];
}

/**
 * Finds the columns of label and speaker: those of the schemes `emotion` and `speaker`, or of these names, unless
 * they are chosen.
 *
 * @param path Absolute path of `db.yaml`, for messages.
 *
 * @throws {CorpusError} If there is none, or more than one fits; it lists the candidates and has the option to
 * choose by.
 */
export function chooseColumns(
  path: string,
  { tables: all }: AudHeader,
  { table, label, speaker }: ListChoice,
): AudColumns {
  const ofClips = all.filter(({ type }) => type !== "misc");
  const names = table?.split(",").map((name) => name.trim());
  const unknown = names?.find((name) => !ofClips.some((other) => other.name === name));
  if (unknown !== undefined) {
    const known = ofClips.map(({ name }) => name).join(", ");
    throw new CorpusError(path, `it has no table "${unknown}" of clips; there are: ${known}`, {
      option: "table",
    });
  }
  const asked = ofClips.filter(({ name }) => names === undefined || names.includes(name));
  const labelled = withColumn(asked, "emotion", label);
  const [first] = labelled;
  if (!first) {
    const what = label === undefined ? 'of the scheme "emotion"' : `"${label}"`;
    throw new CorpusError(path, `no column ${what} for the label; there are: ${listed(asked)}`, {
      option: "labelColumn",
    });
  }
  if (labelled.some(({ fits }) => fits.length > 1)) {
    throw new CorpusError(path, `several columns may be the label: ${candidates(labelled)}`, {
      option: "labelColumn",
    });
  }
  const [{ fits: [labelColumn] }] = labelled;
  const sameName = labelled.every(({ fits: [{ name }] }) => name === labelColumn.name);
  const splits = new Set(labelled.map(({ table: { split }, table: { name } }) => split ?? name));
  const areParts = labelled.every(({ table: { split } }) => split !== undefined) &&
    splits.size === labelled.length;
  if (labelled.length > 1 && !(sameName && (names !== undefined || areParts))) {
    throw new CorpusError(path, `several tables have a label: ${candidates(labelled)}`, {
      option: "table",
    });
  }
  const tables = labelled.map(({ table }) => table);
  return { tables, label: labelColumn, ...findSpeaker(path, ofClips, tables, speaker) };
}

function findSpeaker(
  path: string,
  all: readonly AudTable[],
  tables: readonly AudTable[],
  speaker: string | undefined,
): Pick<AudColumns, "speaker" | "speakerTables"> {
  const here = withColumn(tables, "speaker", speaker);
  const elsewhere = withColumn(
    all.filter((table) => table.type === "filewise" && !tables.includes(table)),
    "speaker",
    speaker,
  );
  const found = here.length === tables.length ? here : elsewhere;
  const [first] = found;
  if (!first) {
    const what = speaker === undefined ? 'of the scheme "speaker"' : `"${speaker}"`;
    throw new CorpusError(path, `no column ${what} for the speaker; there are: ${listed(all)}`, {
      option: "speakerColumn",
    });
  }
  const [column] = first.fits;
  if (found.some(({ fits }) => fits.length > 1 || fits[0].name !== column.name)) {
    throw new CorpusError(path, `several columns may be the speaker: ${candidates(found)}`, {
      option: "speakerColumn",
    });
  }
  return {
    speaker: column,
    speakerTables: found === here ? [] : found.map(({ table }) => table),
  };
}

/** A table with the columns that fit. */
interface Fit {
  readonly table: AudTable;
  readonly fits: readonly AudColumn[];
}

/** The tables with a column of the chosen name, or else of the scheme, or else named as the scheme. */
function withColumn(
  tables: readonly AudTable[],
  scheme: string,
  chosen: string | undefined,
): Fit[] {
  return tables.map((table) => {
    const { columns } = table;
    const ofScheme = columns.filter((column) => column.scheme === scheme);
    const named = columns.filter(({ name }) => name === (chosen ?? scheme));
    return { table, fits: chosen === undefined && ofScheme.length > 0 ? ofScheme : named };
  }).filter(({ fits }) => fits.length > 0);
}

function candidates(found: readonly Fit[]): string {
  return found.map(({ table, fits }) =>
    `table ${table.name}, column ${fits.map(({ name }) => name).join(" or ")}`
  ).join("; ");
}

function listed(tables: readonly AudTable[]): string {
  return candidates(tables.map((table) => ({ table, fits: table.columns })));
}
