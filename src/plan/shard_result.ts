import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isAbsent } from "../runtime/files/file_problem.ts";
import { writeFileAtomically } from "../runtime/write_file_atomically.ts";
import type { Extraction } from "../pipeline/extract/extract.ts";
import type { ExtractedSample } from "../pipeline/extract/extract_tools.ts";
import type { Sample } from "../pipeline/samples/samples.ts";
import { inBlocks, linesOf } from "./lines.ts";
import type { ExtractShard } from "./plan.ts";

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
  /** How many of its samples have all their features. */
  readonly samples: number;
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
}

/** Writes what a shard gave: whole, and over what another attempt at the same may have written. */
export async function writeShard(
  dir: string,
  { shard, first }: ExtractShard,
  samples: readonly Sample[],
  { extraction, time }: ShardResult,
): Promise<void> {
  const { extracted, skipped, warnings, cached, read, landmarks } = extraction;
  const numbers = new Map(samples.map((sample, i) => [sample, first + i]));
  const summary: ShardSummary = {
    schema: "emofuse.extracted/1",
    samples: extracted.length,
    time,
    cached,
    skipped,
    warnings,
  };
  const files: FilesLine = { read, landmarks };
  const lines = function* () {
    yield JSON.stringify(summary);
    yield JSON.stringify(files);
    for (const { sample, ...keys } of extracted) {
      const line: ExtractedLine = { sample: numbers.get(sample)!, ...keys };
      yield JSON.stringify(line);
    }
  };
  const path = shardFile(dir, shard);
  await mkdir(dirname(path), { recursive: true });
  await writeFileAtomically(path, inBlocks(lines()));
}

/**
 * What a shard gave; undefined where it is not done.
 *
 * @param samples All samples of the plan.
 */
export async function readShard(
  dir: string,
  shard: number,
  samples: readonly Sample[],
): Promise<ShardResult | undefined> {
  let summary: ShardSummary | undefined;
  let files: FilesLine | undefined;
  const extracted: ExtractedSample[] = [];
  try {
    for await (const line of linesOf(shardFile(dir, shard))) {
      if (!summary) summary = JSON.parse(line) as ShardSummary;
      else if (!files) files = JSON.parse(line) as FilesLine;
      else {
        const { sample, ...keys } = JSON.parse(line) as ExtractedLine;
        extracted.push({ sample: samples[sample], ...keys });
      }
    }
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
  const { skipped, warnings, cached, time } = summary!;
  return { extraction: { extracted, skipped, warnings, cached, ...files! }, time };
}

/** What is told of a shard without its samples; undefined where it is not done. */
export async function readSummary(dir: string, shard: number): Promise<ShardSummary | undefined> {
  try {
    for await (const line of linesOf(shardFile(dir, shard))) return JSON.parse(line);
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

function shardFile(dir: string, shard: number): string {
  return join(dir, "extracted", `${shard}.jsonl`);
}
