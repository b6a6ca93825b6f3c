import type { Backbone } from "../../models/backbone.ts";

/**
 * Two backbones that look at the same frames, as one: its features of a frame are those of the first, then those of the
 * second. Disposing it does nothing: the two belong to whom they did.
 *
 * @example
 * ```ts
 * import { joinBackbones } from "./join_backbones.ts";
 * import { BACKBONES } from "../../models/registry.ts";
 * import { initBackend } from "../nn/backend.ts";
 * import assert from "node:assert/strict";
 *
 * await initBackend();
 * const one = await BACKBONES["vgg16-random"].load([], 0);
 * const joined = joinBackbones(one, one);
 * const shape = { n: 1, height: 32, width: 32 };
 * assert.equal(joined.featureSize(32, 32), 2 * one.featureSize(32, 32));
 * const row = joined.embed(new Uint8Array(32 * 32 * 3).fill(99), shape);
 * assert.deepEqual(row.subarray(0, row.length / 2), row.subarray(row.length / 2));
 * one.dispose();
 * ```
 */
export function joinBackbones(first: Backbone, second: Backbone): Backbone {
  const text = (of: (backbone: Backbone) => string) => `${of(first)}+${of(second)}`;
  const featureSize = (height: number, width: number) =>
    first.featureSize(height, width) + second.featureSize(height, width);
  return {
    name: text(({ name }) => name),
    weightsHash: text(({ weightsHash }) => weightsHash),
    licence: text(({ licence }) => licence),
    source: text(({ source }) => source),
    channels: first.channels + second.channels,
    featureSize,
    embed(frames, shape) {
      const rows = [first.embed(frames, shape), second.embed(frames, shape)];
      const width = featureSize(shape.height, shape.width);
      const out = new Float32Array(shape.n * width);
      let at = 0;
      for (const own of rows) {
        const size = shape.n === 0 ? 0 : own.length / shape.n;
        for (let i = 0; i < shape.n; i++) {
          out.set(own.subarray(i * size, (i + 1) * size), i * width + at);
        }
        at += size;
      }
      return out;
    },
    dispose() {},
  };
}
