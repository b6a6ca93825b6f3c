import type { Dsp } from "./dsp.ts";
import { type MfccFrames, type MfccStreamOptions, StreamingMfcc } from "./streaming_mfcc.ts";

/**
 * A stream of samples in, a stream of MFCC frames out: {@linkcode StreamingMfcc} as a stage of a
 * pipeline. Chunks may be of any lengths; each that completes frames is answered with one
 * {@linkcode MfccFrames}, and the end of the stream with the rest. Joined, they are what
 * {@linkcode mfcc} gives with the same options for the whole clip, bit for bit.
 *
 * librosa's `topDb` must be given as `Infinity`: a limit depends on the loudest value of the whole clip.
 * A stream without samples, or with one that is not a usable number, fails with an AudioInputError.
 *
 * @example
 * ```ts
 * import { loadDsp } from "./load_dsp.ts";
 * import { MfccStream } from "./mfcc_stream.ts";
 * import assert from "node:assert/strict";
 *
 * const chunks = Array.from({ length: 100 }, () => new Float32Array(320).fill(0.1));
 * const stream = ReadableStream.from(chunks).pipeThrough(
 *   new MfccStream(await loadDsp(), { sampleRate: 8000, topDb: Infinity }),
 * );
 * let frames = 0;
 * for await (const { nMfcc, nFrames, firstFrame } of stream) {
 *   assert.deepEqual([nMfcc, firstFrame], [40, frames]);
 *   frames += nFrames;
 * }
 * assert.equal(frames, 63);
 * ```
 */
export class MfccStream extends TransformStream<Float32Array, MfccFrames> {
  /**
   * Makes a stage for one clip.
   *
   * @throws {AudioOptionError} If an option is impossible, alone or beside the others, `topDb` is not
   * `Infinity`, or `padMode` is not `"constant"`.
   */
  constructor(dsp: Dsp, options: MfccStreamOptions) {
    const streaming = new StreamingMfcc(dsp, options);
    const pass = (frames: MfccFrames, to: TransformStreamDefaultController<MfccFrames>) => {
      if (frames.nFrames > 0) to.enqueue(frames);
    };
    super({
      transform: (samples, to) => pass(streaming.push(samples), to),
      flush: (to) => pass(streaming.flush(), to),
    });
  }
}
