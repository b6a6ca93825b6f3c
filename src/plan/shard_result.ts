import { createHash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isAbsent } from "../runtime/files/file_problem.ts";
import { mapConcurrent } from "../runtime/map_concurrent.ts";
import { writeFileAtomically } from "../runtime/write_file_atomically.ts";
import type { Extraction } from "../pipeline/extract/extract.ts";
import type { ExtractedSample } from "../pipeline/extract/extract_tools.ts";
import type { Sample } from "../pipeline/samples/samples.ts";
import type { FeatureStore } from "../pipeline/store/feature_store.ts";
import { inBlocks, linesOf } from "./lines.ts";
import type { ExtractShard } from "./plan.ts";
import { PlanError } from "./plan_error.ts";

/** Who did a shard, and how long that took: the attempt that completed it. */
export interface ShardTime {
  /** The machine. */
  readonly host: string;
  /** Duration in seconds. */
  readonly seconds: number;
}

/** The first line of what a shard leaves: what is told of it without its samples. */
export interface ShardSummary extends Pick<Extraction, "skipped" | "warnings" | "cached"> {
  /** Name and version of this layout. */
  readonly schema: "emofuse.extracted/1";
  /** The shard's number. */
  readonly shard: number;
  /** How many of its samples have all their features. */
  readonly samples: number;
  /** SHA-256 of what was skipped or warned of, and of all further lines: the same whoever did the shard, and when. */
  readonly sha256: string;
  /** Who did it. */
  readonly time: ShardTime;
}

/** The second line: hashes of what was read. */
type FilesLine = Pick<Extraction, "read" | "landmarks">;

/** All further lines: a sample each, by its number among all of the plan. */
type ExtractedLine = Omit<ExtractedSample, "sample"> & { readonly sample: number };

/** What is read of a shard that is done. */
export interface ShardResult {
  /** What its extraction gave. */
  readonly extraction: Extraction;
  /** Who did it. */
  readonly time: ShardTime;
  /** Its hash, as in its summary. */
  readonly sha256: string;
}

/** Writes what a shard gave: whole, and over what another attempt at the same may have written. */
export async function writeShard(
  dir: string,
  { shard, first }: ExtractShard,
  samples: readonly Sample[],
  { extraction, time }: Omit<ShardResult, "sha256">,
): Promise<void> {
  const { extracted, skipped, warnings, cached, read, landmarks } = extraction;
  const numbers = new Map(samples.map((sample, i) => [sample, first + i]));
  const files: FilesLine = { read, landmarks };
  const lines = function* () {
    yield JSON.stringify(files);
    for (const { sample, ...keys } of extracted) {
      const line: ExtractedLine = { sample: numbers.get(sample)!, ...keys };
      yield JSON.stringify(line);
    }
  };
  const hash = startHash({ shard, skipped, warnings });
  for (const line of lines()) hash.update(line).update("\n");
  const summary: ShardSummary = {
    schema: "emofuse.extracted/1",
    shard,
    samples: extracted.length,
    sha256: hash.digest("hex"),
    time,
    cached,
    skipped,
    warnings,
  };
  const all = function* () {
    yield JSON.stringify(summary);
    yield* lines();
  };
  const path = shardFile(dir, shard);
  await mkdir(dirname(path), { recursive: true });
  await writeFileAtomically(path, inBlocks(all()));
}

/**
 * What a shard gave; undefined where it is not done.
 *
 * @param samples All samples of the plan.
 *
 * @throws {PlanError} If its file is damaged.
 */
export async function readShard(
  dir: string,
  shard: number,
  samples: readonly Sample[],
): Promise<ShardResult | undefined> {
  const content = await readContent(dir, shard);
  if (!content) return undefined;
  const { summary: { skipped, warnings, cached, time, sha256 }, files, lines } = content;
  const extracted = lines.map(({ sample, ...keys }) => {
    if (!samples[sample]) throw damaged(dir, shard, `the plan has no sample ${sample}`);
    return { sample: samples[sample], ...keys };
  });
  return { extraction: { extracted, skipped, warnings, cached, ...files }, time, sha256 };
}

/**
 * Whether a shard is done, and the store still has all that it put there.
 *
 * What its file cannot tell any more, or the store has lost, is to be done again.
 */
export async function isShardKept(
  dir: string,
  shard: number,
  store: FeatureStore,
): Promise<boolean> {
  let content: ShardContent | undefined;
  try {
    content = await readContent(dir, shard);
  } catch (error) {
    if (!(error instanceof PlanError)) throw error;
  }
  if (!content) return false;
  const keys = content.lines.flatMap(({ sound, speech, picture }) =>
    [sound, speech, picture].filter((key) => key !== undefined)
  );
  let kept = true;
  await mapConcurrent(keys, store.atOnce, async (key) => {
    // What is missing once need not be looked for any further.
    if (kept && !await store.has(key)) kept = false;
  });
  return kept;
}

/** What is told of a shard without its samples; undefined where it is not done, or its file cannot tell it any more. */
export async function readSummary(dir: string, shard: number): Promise<ShardSummary | undefined> {
  try {
    for await (const line of linesOf(shardFile(dir, shard))) return parseSummary(dir, shard, line);
  } catch (error) {
    if (isAbsent(error) || error instanceof PlanError) return undefined;
    throw error;
  }
}

/** All lines of the file of a shard. */
interface ShardContent {
  readonly summary: ShardSummary;
  readonly files: FilesLine;
  readonly lines: readonly ExtractedLine[];
}

async function readContent(dir: string, shard: number): Promise<ShardContent | undefined> {
  const texts: string[] = [];
  try {
    for await (const line of linesOf(shardFile(dir, shard))) texts.push(line);
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
  if (texts.length === 0) return undefined;
  const [first, ...rest] = texts;
  const summary = parseSummary(dir, shard, first);
  const hash = startHash(summary);
  for (const line of rest) hash.update(line).update("\n");
  if (hash.digest("hex") !== summary.sha256) {
    throw damaged(dir, shard, "its content has another SHA-256 than it says");
  }
  const [files, ...lines] = rest.map((line) => parseLine(dir, shard, line));
  return { summary, files: files as FilesLine, lines: lines as ExtractedLine[] };
}

/** Begins the hash of a shard with what of its first line is the same whoever did it, and when. */
function startHash(
  { shard, skipped, warnings }: Pick<ShardSummary, "shard" | "skipped" | "warnings">,
) {
  return createHash("sha256").update(JSON.stringify({ shard, skipped, warnings })).update("\n");
}

function parseSummary(dir: string, shard: number, line: string): ShardSummary {
  const summary = parseLine(dir, shard, line) as ShardSummary | null;
  if (summary?.schema === "emofuse.extracted/1" && summary.shard === shard) return summary;
  throw damaged(dir, shard, `it does not begin with what is told of the shard ${shard}`);
}

function parseLine(dir: string, shard: number, line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw damaged(dir, shard, "a line is no JSON", { cause });
  }
}

function damaged(dir: string, shard: number, why: string, options?: ErrorOptions): PlanError {
  return new PlanError(
    `${shardFile(dir, shard)} is damaged: ${why}; do the shard ${shard} of the stage extract again`,
    options,
  );
}

function shardFile(dir: string, shard: number): string {
  return join(dir, "extracted", `${shard}.jsonl`);
}
