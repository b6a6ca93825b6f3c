import type { ClipSource } from "../runner.ts";

/** The buffers behind a clip, each once: handed over to a worker, they need not be copied. */
export function buffersOf(source: ClipSource): ArrayBuffer[] {
  const arrays = "upload" in source ? source.upload.parts.map(({ bytes }) => bytes) : [
    source.clip.samples,
    source.clip.frames?.data,
    source.clip.embeddings?.data,
  ];
  const buffers = arrays.flatMap((array) => array === undefined ? [] : [array.buffer]);
  return [...new Set(buffers)] as ArrayBuffer[];
}
