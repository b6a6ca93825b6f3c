import type { ClipInput } from "../../src/recognize/clip_input.ts";
import type { StreamChunk } from "../../src/recognize/recognizer.ts";

/**
 * Cuts a clip into pieces of `seconds`, as a stream takes them.
 *
 * @example
 * ```ts
 * import { cutChunks } from "./cut_chunks.ts";
 * import assert from "node:assert/strict";
 *
 * const clip = { samples: new Float32Array(12_000), sampleRate: 8000 };
 * const chunks = Array.from(cutChunks(clip, 1));
 * assert.deepEqual(chunks.map(({ time, samples }) => [time, samples!.length]), [[0, 8000], [1, 4000]]);
 * ```
 */
export function* cutChunks(
  { samples, sampleRate, frames }: ClipInput,
  seconds: number,
): Generator<StreamChunk> {
  const length = Math.max(
    samples && sampleRate ? samples.length / sampleRate : 0,
    frames ? frames.n / frames.fps : 0,
  );
  for (let i = 0; i * seconds < length; i++) {
    const [from, to] = [i * seconds, (i + 1) * seconds];
    const sound = samples && sampleRate
      ? samples.slice(Math.round(from * sampleRate), Math.round(to * sampleRate))
      : undefined;
    const first = frames ? Math.round(from * frames.fps) : 0;
    const last = frames ? Math.min(frames.n, Math.round(to * frames.fps)) : 0;
    yield {
      time: from,
      ...(sound?.length && { samples: sound, sampleRate }),
      ...(frames && last > first && {
        frames: { ...frames, n: last - first, data: rows(frames, first, last) },
      }),
    };
  }
}

function rows(
  { data, height, width, channels = 3 }: NonNullable<ClipInput["frames"]>,
  first: number,
  last: number,
) {
  const size = height * width * channels;
  return data.slice(first * size, last * size);
}
