import type { PlacedFile } from "./place_files.ts";
import type { LeakGroup, SplitLeak } from "./split_leak.ts";

/**
 * The speakers and the takes that are on two sides. A take is one where two files of it are.
 *
 * @example
 * ```ts
 * import { findNameLeaks } from "./find_name_leaks.ts";
 * import assert from "node:assert/strict";
 *
 * const files = ["train", "test"].map((side) =>
 *   ({ file: `${side}.wav`, path: "", heard: true, speaker: "JK", take: side, side }));
 * const [speakers, takes] = findNameLeaks(files);
 * assert.deepEqual(speakers.groups.map(({ name }) => name), ["JK"]);
 * assert.deepEqual(takes.groups, []);
 * ```
 */
export function findNameLeaks(placed: readonly PlacedFile[]): SplitLeak[] {
  return [
    { kind: "speakers", groups: onTwoSides(placed, ({ speaker }) => speaker).map(withCounts) },
    { kind: "takes", groups: onTwoSides(placed, ({ take }) => take).map(withFiles) },
  ];
}

/** Files that share a name. */
type Named = readonly [name: string, files: readonly PlacedFile[]];

function onTwoSides(
  placed: readonly PlacedFile[],
  nameOf: (file: PlacedFile) => string | undefined,
): Named[] {
  const named = new Map<string, PlacedFile[]>();
  for (const file of placed) {
    const name = nameOf(file);
    if (name === undefined) continue;
    const same = named.get(name);
    if (same) same.push(file);
    else named.set(name, [file]);
  }
  return [...named].filter(([, files]) => files.some(({ side }) => side !== files[0].side));
}

/** A speaker may have hundreds of files: one of each side shows them, and the others are counted. */
function withCounts([name, files]: Named): LeakGroup {
  const bySide = [...Map.groupBy(files, ({ side }) => side)];
  return {
    name,
    files: bySide.map(([side, [{ file }]]) => ({ file, side })),
    counts: Object.fromEntries(bySide.map(([side, { length }]) => [side, length])),
  };
}

function withFiles([name, files]: Named): LeakGroup {
  return { name, files: files.map(({ file, side }) => ({ file, side })) };
}
