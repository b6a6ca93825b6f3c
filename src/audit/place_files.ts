import type { AuditFile } from "./audit_file.ts";
import { listedFileFinder } from "./find_listed_file.ts";
import type { LeakGroup, SplitLeak } from "./split_leak.ts";
import type { SplitPlan } from "./split_plan.ts";

/** A file on a side. */
export interface PlacedFile extends AuditFile {
  /** Its side, the first where there are two. */
  readonly side: string;
}

/** Where a split puts the files of a folder. */
export interface PlacedFiles {
  /** The files that are on a side, in the order of the folder. */
  readonly placed: readonly PlacedFile[];
  /** Files on two sides, missing ones, and those on no side. */
  readonly leaks: readonly SplitLeak[];
  /** How many files of the folder no list of sets has. */
  readonly unused: number;
}

/** What lists say of a file. */
interface Listed {
  readonly sides: Set<string>;
  speaker?: string;
  take?: string;
}

/**
 * Finds the files of a split in the folder. Speaker and take of a list's own columns count more than those that
 * the names of files tell.
 *
 * @example
 * ```ts
 * import { placeFiles } from "./place_files.ts";
 * import assert from "node:assert/strict";
 *
 * const files = ["a.wav", "b.wav"].map((file) => ({ file, path: file, heard: true }));
 * const entries = [["a.wav", "1"], ["a.wav", "2"], ["c.wav", "2"]]
 *   .map(([file, side]) => ({ file, side, where: "mine.csv" }));
 * const { placed, leaks } = placeFiles(files, { name: "mine.csv", kind: "folds", entries });
 * assert.deepEqual(placed.map(({ file, side }) => [file, side]), [["a.wav", "1"]]);
 * assert.deepEqual(leaks.map(({ kind }) => kind), ["files", "missing", "unlisted"]);
 * ```
 */
export function placeFiles(files: readonly AuditFile[], { kind, entries }: SplitPlan): PlacedFiles {
  const find = listedFileFinder(files);
  const listed = new Map<AuditFile, Listed>();
  const missing: LeakGroup[] = [];
  for (const { file: written, side, where, speaker, take } of entries) {
    const found = find(written);
    if (typeof found === "string") {
      missing.push({ name: `${where}: ${found}`, files: [{ file: written, side }] });
      continue;
    }
    for (const file of found) {
      const known = listed.get(file) ?? { sides: new Set<string>() };
      if (side !== undefined) known.sides.add(side);
      known.speaker ??= speaker;
      known.take ??= take;
      listed.set(file, known);
    }
  }
  const placed: PlacedFile[] = [];
  const twice: LeakGroup[] = [];
  const unlisted: LeakGroup[] = [];
  let unused = 0;
  for (const file of files) {
    const known = listed.get(file);
    const sides = [...known?.sides ?? []];
    if (sides.length > 1) twice.push({ files: sides.map((side) => ({ file: file.file, side })) });
    if (sides.length > 0) {
      const { speaker = file.speaker, take = file.take } = known ?? {};
      placed.push({ ...file, side: sides[0], speaker, take });
    } else if (known === undefined && kind === "sets") unused++;
    else unlisted.push({ files: [{ file: file.file }] });
  }
  const leaks: SplitLeak[] = [
    { kind: "files", groups: twice },
    { kind: "missing", groups: missing },
    { kind: "unlisted", groups: unlisted },
  ];
  return { placed, leaks: leaks.filter(({ groups }) => groups.length > 0), unused };
}
