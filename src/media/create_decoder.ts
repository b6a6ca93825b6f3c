import type { Decoder } from "./decoder.ts";
import type { DecoderName } from "./decoder_name.ts";
import type { DecoderOptions } from "./decoder_options.ts";
import { NativeDecoder } from "./native_decoder.ts";
import { WasmDecoder } from "./wasm_decoder.ts";

/** The names of the decoders, the default first. */
export const DECODERS: readonly DecoderName[] = ["wasm", "native"];

/**
 * Opens a decoder. Close it when the last clip is decoded: its workers keep the process alive.
 *
 * @example
 * ```ts
 * import { createDecoder } from "./create_decoder.ts";
 * import { encodeClip } from "./encode_clip.ts";
 * import assert from "node:assert/strict";
 *
 * const path = await Deno.makeTempFile({ suffix: ".wav" });
 * await Deno.writeFile(path, await encodeClip({ samples: new Float32Array(800) }, "wav"));
 * const decoder = await createDecoder("wasm");
 * const clip = await decoder.decode(path, { picture: false });
 * assert.equal(clip.samples.length, 800);
 * assert.equal(clip.silent, true);
 * await decoder.close();
 * await Deno.remove(path);
 * ```
 *
 * @param name `wasm`, which needs nothing installed, or `native`, which runs the machine's ffmpeg.
 * @throws {NativeDecoderError} If ffmpeg or ffprobe is not installed, for the decoder `native`.
 * @throws {RangeError} If there is no decoder of that name, or an option is out of range.
 */
export async function createDecoder(
  name: DecoderName,
  options?: DecoderOptions,
): Promise<Decoder> {
  if (!DECODERS.includes(name)) {
    throw new RangeError(`there is no decoder "${name}"; allowed: ${DECODERS.join(", ")}`);
  }
  return name === "wasm" ? new WasmDecoder(options) : await NativeDecoder.open(options);
}
