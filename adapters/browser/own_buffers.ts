import type { ClipInput } from "../../src/recognize/clip_input.ts";

/**
 * Copies what is a view of a larger buffer: a worker is sent the whole buffer of a view, with every piece
 * of a clip the clip.
 *
 * @example
 * ```ts
 * import { ownBuffers } from "./own_buffers.ts";
 * import assert from "node:assert/strict";
 *
 * const samples = new Float32Array(80_000).subarray(0, 8000);
 * assert.equal(ownBuffers({ samples, sampleRate: 8000 }).samples.buffer.byteLength, 32_000);
 * ```
 */
export function ownBuffers<T extends ClipInput>(clip: T): T {
  const { samples, frames, embeddings } = clip;
  return {
    ...clip,
    ...(samples && { samples: own(samples) }),
    ...(frames && { frames: { ...frames, data: own(frames.data) } }),
    ...(embeddings && { embeddings: { ...embeddings, data: own(embeddings.data) } }),
  };
}

function own<T extends Float32Array | Uint8Array | Uint8ClampedArray>(data: T): T {
  return data.byteLength === data.buffer.byteLength ? data : data.slice() as T;
}
