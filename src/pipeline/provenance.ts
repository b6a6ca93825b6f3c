import type { BackboneInfo } from "../../models/backbone.ts";
import manifest from "../../deno.json" with { type: "json" };
import type { RunPlaces } from "./config.ts";

/** How long a run took and what it reused. */
export interface RunEffort {
  /** Samples whose features were all in the store. */
  readonly cached: number;
  /** Samples that were looked for. */
  readonly samples: number;
  /** Duration in seconds. */
  readonly seconds: number;
  /** Most memory that the process held, in bytes. */
  readonly peakMemory: number;
  /** Name of the tfjs backend that trained the networks. */
  readonly tfjsBackend: string;
}

/**
 * What may differ between two runs with the same results: when, where, how fast, and with which
 * versions.
 */
export function provenance(
  places: RunPlaces,
  backbone: BackboneInfo | undefined,
  { cached, samples, seconds, peakMemory, tfjsBackend }: RunEffort,
): Record<string, unknown> {
  return {
    emofuse: manifest.version,
    deno: Deno.version.deno,
    v8: Deno.version.v8,
    platform: `${Deno.build.os} ${Deno.build.arch}`,
    packages: Object.values(manifest.imports).map((specifier) => specifier.replace("npm:", "")),
    tfjsBackend,
    backbone: backbone &&
      {
        name: backbone.name,
        weightsSha256: backbone.weightsHash,
        licence: backbone.licence,
        source: backbone.source,
      },
    data: places.data,
    store: places.store,
    workers: places.workers,
    cached: `${cached}/${samples}`,
    finished: new Date().toISOString(),
    seconds: Number(seconds.toFixed(1)),
    peakMemoryMB: Math.round(peakMemory / 1e6),
  };
}
