import type { Results } from "../pipeline/run/results.ts";
import { flatten } from "./flatten.ts";

/** A setting with its value in each run. */
export interface Setting {
  /** Name, nested names joined by dots. */
  readonly name: string;
  /** Its value in each run; undefined where a run has no such setting. */
  readonly values: readonly (string | undefined)[];
  /** Whether the runs differ in it. */
  readonly differs: boolean;
}

/** Every setting of the runs, and what else decides results: the backbone's weights and Emofuse's version. */
export function differingSettings(runs: readonly Results[]): Setting[] {
  const flat = runs.map(({ config, backbone, provenance }) =>
    new Map(flatten({
      ...config,
      weights: backbone?.weightsSha256,
      emofuse: provenance.emofuse,
      deno: provenance.deno,
      node: provenance.node,
      platform: provenance.platform,
    }))
  );
  const names = new Set(flat.flatMap((settings) => [...settings.keys()]));
  return Array.from(names, (name) => {
    const values = flat.map((settings) => settings.get(name));
    return { name, values, differs: new Set(values).size > 1 };
  });
}
