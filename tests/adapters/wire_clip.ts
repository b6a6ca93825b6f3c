import type { ClipInput } from "../../src/recognize/clip_input.ts";

/** A clip as the JSON that `POST /v1/predict` takes. */
export function wireClip({ samples, sampleRate, frames, embeddings }: ClipInput): string {
  return JSON.stringify({
    ...(samples && { samples: base64(samples), sampleRate }),
    ...(frames && { frames: { ...frames, data: base64(frames.data) } }),
    ...(embeddings && { embeddings: { ...embeddings, data: base64(embeddings.data) } }),
  });
}

function base64({ buffer, byteOffset, byteLength }: Float32Array | Uint8Array | Uint8ClampedArray) {
  return new Uint8Array(buffer, byteOffset, byteLength).toBase64();
}
