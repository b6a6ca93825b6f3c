import { distinctSpeakers } from "../corpus/speakers.ts";
import type { Sample } from "../pipeline/samples/samples.ts";

/** Which part of the speakers tests the model. */
const SHARE = 0.25;

/**
 * The speakers that a model is tested on before it is fitted to all: of each corpus the last quarter in their order,
 * at least one. They are given as the samples name them.
 *
 * @example
 * ```ts
 * import { heldOutSpeakers } from "./held_out_speakers.ts";
 * import assert from "node:assert/strict";
 *
 * const samples = ["4", "1", "2", "10", "1"].map((speaker) => ({ corpus: "ravdess", speaker }));
 * assert.deepEqual(heldOutSpeakers(samples), ["10"]);
 * assert.deepEqual(heldOutSpeakers([...samples, { corpus: "tess", speaker: "OAF" }]), ["10", "OAF"]);
 * ```
 */
export function heldOutSpeakers(
  samples: readonly Pick<Sample, "corpus" | "speaker">[],
): string[] {
  return [...Map.groupBy(samples, ({ corpus }) => corpus)].flatMap(([corpus, own]) => {
    const prefix = own.every(({ speaker }) => speaker.startsWith(`${corpus}/`)) ? `${corpus}/` : "";
    const all = distinctSpeakers(own.map(({ speaker }) => speaker.slice(prefix.length)));
    return all.slice(all.length - Math.max(1, Math.round(SHARE * all.length)))
      .map((speaker) => prefix + speaker);
  });
}
