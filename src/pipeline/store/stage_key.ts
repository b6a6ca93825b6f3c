import { createHash } from "node:crypto";

/** Everything that decides what a stage computes: its name and version, its settings, its inputs. */
export interface StageKey {
  /** Name of the stage and version of its code, such as `sound/1`. */
  readonly stage: string;
  /** SHA-256 of the clip's bytes, in hexadecimal. */
  readonly clip: string;
  /** Settings that the result depends on. */
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  /** SHA-256 of the weights that the stage uses, where it uses any. */
  readonly weights?: string;
}

/**
 * Where an entry lies in a store, by the SHA-256 of its key in a canonical spelling: the order of the settings does
 * not matter. The first two digits are a folder, so that no folder of a store holds more than a 256th of its entries.
 *
 * @example
 * ```ts
 * import { entryPath } from "./stage_key.ts";
 * import assert from "node:assert/strict";
 *
 * const key = { stage: "sound/1", clip: "ab12", settings: { seconds: 4, sampleRate: 8000 } };
 * const same = { ...key, settings: { sampleRate: 8000, seconds: 4 } };
 * assert.match(entryPath(key), /^([0-9a-f]{2})\/\1[0-9a-f]{62}\.safetensors$/);
 * assert.equal(entryPath(key), entryPath(same));
 * ```
 */
export function entryPath(key: StageKey): string {
  const settings = Object.entries(key.settings).sort(([a], [b]) => a < b ? -1 : 1);
  const hash = createHash("sha256")
    .update(JSON.stringify([key.stage, key.clip, settings, key.weights ?? null]))
    .digest("hex");
  return `${hash.slice(0, 2)}/${hash}.safetensors`;
}
