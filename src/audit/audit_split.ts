import type { SkippedFile } from "../corpus/clip.ts";
import type { AuditFile } from "./audit_file.ts";
import { findEqualBytes } from "./find_equal_bytes.ts";
import { findNameLeaks } from "./find_name_leaks.ts";
import { groupPairs } from "./group_pairs.ts";
import { listen, type ListenTools } from "./listen.ts";
import { type PlacedFile, placeFiles } from "./place_files.ts";
import { similarSounds } from "./similar_sounds.ts";
import { type LeakGroup, SPLIT_LEAKS, type SplitLeak } from "./split_leak.ts";
import type { SplitPlan } from "./split_plan.ts";

/** What an audit found. */
export interface SplitAudit {
  /** The format of this object. */
  readonly schema: "emofuse.audit/1";
  /** The split. */
  readonly split: string;
  /** Whether its sides are folds or sets. */
  readonly kind: "folds" | "sets";
  /** How many files of the folder are on each side, the first one of those on two. */
  readonly sides: Readonly<Record<string, number>>;
  /** How many files are on any side. */
  readonly files: number;
  /** How many of them were heard: they hold a voice. */
  readonly heard: number;
  /** What is wrong, the gravest first; empty where nothing is. */
  readonly leaks: readonly SplitLeak[];
  /** Files that could not be heard, and why: their sound is not vouched for. */
  readonly unheard: readonly SkippedFile[];
  /** How many files on a side have no known speaker. */
  readonly unknownSpeakers: number;
  /** How many files of the folder sets do not use. */
  readonly unused: number;
}

/**
 * Searches a split for leaks: speakers and takes on two sides, files of equal bytes and recordings of nearly
 * equal sound on two sides, files on two sides, on none, or missing. What one kind has told of two files
 * the next does not tell again: equal bytes, then takes, then sound.
 *
 * @param files The files of the folder.
 * @param plan The split.
 */
export async function auditSplit(
  files: readonly AuditFile[],
  plan: SplitPlan,
  tools: ListenTools,
): Promise<SplitAudit> {
  const { placed, leaks, unused } = placeFiles(files, plan);
  const equal = await findEqualBytes(placed);
  const { fingerprints, unheard } = await listen(placed, tools);
  const copyOf = new Map(equal.flatMap((group) => group.map((file) => [file, group[0]] as const)));
  const similar = similarSounds(fingerprints, (a, b) => {
    const [one, other] = [placed[a], placed[b]];
    const isTold = (copyOf.get(one) ?? one) === (copyOf.get(other) ?? other) ||
      (one.take !== undefined && one.take === other.take);
    return one.side !== other.side && !isTold;
  });
  const found: SplitLeak[] = [
    ...leaks,
    ...findNameLeaks(placed),
    {
      kind: "bytes",
      groups: equal.filter(crosses).map((files) => ({ files: files.map(leakFile) })),
    },
    { kind: "sound", groups: soundGroups(placed, similar) },
  ];
  const order = ({ kind }: SplitLeak) => SPLIT_LEAKS.indexOf(kind);
  return {
    schema: "emofuse.audit/1",
    split: plan.name,
    kind: plan.kind,
    sides: countSides(placed, plan),
    files: placed.length,
    heard: fingerprints.filter((one) => one !== undefined).length,
    leaks: found.filter(({ groups }) => groups.length > 0).sort((a, b) => order(a) - order(b)),
    unheard,
    unknownSpeakers: placed.filter(({ speaker }) => speaker === undefined).length,
    unused,
  };
}

function crosses(files: readonly PlacedFile[]): boolean {
  return files.some(({ side }) => side !== files[0].side);
}

function leakFile({ file, side }: PlacedFile) {
  return { file, side };
}

function soundGroups(
  placed: readonly PlacedFile[],
  pairs: ReturnType<typeof similarSounds>,
): LeakGroup[] {
  return groupPairs(pairs).map(({ members, pairs }) => ({
    files: members.map((i) => leakFile(placed[i])),
    similarity: Number(Math.min(...pairs.map(({ similarity }) => similarity)).toFixed(3)),
  }));
}

/** Files by side, in the order in which the split first names them. */
function countSides(
  placed: readonly PlacedFile[],
  { entries }: SplitPlan,
): Record<string, number> {
  const counts = new Map<string, number>();
  for (const { side } of entries) if (side !== undefined) counts.set(side, 0);
  for (const { side } of placed) counts.set(side, (counts.get(side) ?? 0) + 1);
  return Object.fromEntries(counts);
}
