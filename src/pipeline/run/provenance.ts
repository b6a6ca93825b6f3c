import process from "node:process";
import { PACKAGES, VERSION } from "../../runtime/manifest.ts";
import { platformName, runtimeVersions } from "../../runtime/runtime_versions.ts";
import type { BackboneInfo } from "../../../models/backbone.ts";
import type { EarInfo } from "../../../models/ear.ts";
import type { EvaluatedRun } from "./evaluate_run.ts";
import type { PreparedRun } from "./prepare_run.ts";
import type { Results } from "./results.ts";

/**
 * What may differ between two runs with the same results: when, where, how fast, and with which
 * versions.
 *
 * @param seconds How long the run took.
 */
export function runProvenance(
  { places, found, networks: { backbone, ear }, read }: PreparedRun,
  { folds }: EvaluatedRun,
  seconds: number,
): Results["provenance"] {
  // The operating system's own account, in kilobytes.
  const peakMemory = process.resourceUsage().maxRSS * 1024;
  return {
    emofuse: VERSION,
    ...runtimeVersions(),
    platform: platformName(),
    packages: PACKAGES,
    tfjsBackend: folds[0].tfjsBackend,
    backbone: backbone && identityOf(backbone),
    ...(ear && { ear: identityOf(ear) }),
    data: places.data,
    store: places.store,
    workers: places.workers,
    cached: `${read.cached}/${found.samples.length}`,
    finished: new Date().toISOString(),
    seconds: Number(seconds.toFixed(1)),
    peakMemoryMB: Math.round(peakMemory / 1e6),
  };
}

function identityOf(
  { name, weightsHash, licence, source }: BackboneInfo | EarInfo,
): Readonly<Record<string, string>> {
  return { name, weightsSha256: weightsHash, licence, source };
}
