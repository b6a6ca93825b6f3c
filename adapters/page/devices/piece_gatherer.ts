import { joinFloats } from "../../../src/numeric/join_floats.ts";
import type { ClipInput, FrameInput } from "../../../src/recognize/clip_input.ts";
import type { StreamChunk } from "../../../src/recognize/recognizer.ts";

/**
 * Gathers what arrives of a recording into clips of some seconds, so that a long one need not be held whole.
 *
 * @example
 * ```ts
 * import { PieceGatherer } from "./piece_gatherer.ts";
 * import assert from "node:assert/strict";
 *
 * const gatherer = new PieceGatherer(1);
 * const half = (time: number) => ({ time, samples: new Float32Array(4000), sampleRate: 8000 });
 * assert.equal(gatherer.add(half(0)), undefined);
 * assert.equal(gatherer.add(half(0.5))!.samples!.length, 8000);
 * assert.equal(gatherer.seconds, 1);
 * assert.equal(gatherer.rest(), undefined);
 * ```
 */
export class PieceGatherer {
  readonly #pieceSeconds: number;
  #chunks: StreamChunk[] = [];
  #began: number | undefined;
  #end = 0;

  /**
   * @param pieceSeconds Length of a clip, in seconds.
   */
  constructor(pieceSeconds: number) {
    this.#pieceSeconds = pieceSeconds;
  }

  /** Seconds from the first chunk to the end of the last one. */
  get seconds(): number {
    return this.#began === undefined ? 0 : this.#end - this.#began;
  }

  /** Takes a chunk, and gives a clip if it is now long enough. */
  add(chunk: StreamChunk): ClipInput | undefined {
    const { time, samples, sampleRate = 1, frames } = chunk;
    this.#began ??= time;
    this.#chunks.push(chunk);
    const seconds = Math.max(
      samples ? samples.length / sampleRate : 0,
      frames ? frames.n / frames.fps : 0,
    );
    this.#end = Math.max(this.#end, time + seconds);
    // A sum of chunks is not exact.
    return this.#end - this.#chunks[0].time + 1e-6 >= this.#pieceSeconds ? this.rest() : undefined;
  }

  /** What is left: a shorter clip, or nothing. */
  rest(): ClipInput | undefined {
    const chunks = this.#chunks;
    this.#chunks = [];
    if (chunks.length === 0) return undefined;
    const sounds = chunks.filter(({ samples }) => samples !== undefined);
    const sights = chunks.flatMap(({ frames }) => frames ?? []);
    return {
      ...(sounds.length > 0 && {
        samples: joinFloats(sounds.map(({ samples }) => samples!)),
        sampleRate: sounds[0].sampleRate,
      }),
      ...(sights.length > 0 && {
        frames: joinFrames(sights, this.#end - chunks[0].time),
      }),
    };
  }
}

/** The frames of chunks, at the rate at which they came: a slow computer leaves some out. */
function joinFrames(parts: readonly FrameInput[], seconds: number): FrameInput {
  const n = parts.reduce((sum, part) => sum + part.n, 0);
  const data = new Uint8ClampedArray(parts.reduce((sum, { data }) => sum + data.length, 0));
  let at = 0;
  for (const part of parts) {
    data.set(part.data, at);
    at += part.data.length;
  }
  return { ...parts[0], data, n, fps: Math.min(parts[0].fps, n / seconds) };
}
