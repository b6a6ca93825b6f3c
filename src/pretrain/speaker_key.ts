import type { Sample } from "../pipeline/samples/samples.ts";

/**
 * A speaker by the corpus and the name there, whether the sample comes from one folder or from several, where names of
 * speakers have the corpus before them.
 *
 * @example
 * ```ts
 * import { speakerKey } from "./speaker_key.ts";
 * import assert from "node:assert/strict";
 *
 * assert.equal(speakerKey({ corpus: "ravdess", speaker: "5" }), "ravdess/5");
 * assert.equal(speakerKey({ corpus: "ravdess", speaker: "ravdess/5" }), "ravdess/5");
 * ```
 */
export function speakerKey({ corpus, speaker }: Pick<Sample, "corpus" | "speaker">): string {
  return speaker.startsWith(`${corpus}/`) ? speaker : `${corpus}/${speaker}`;
}
