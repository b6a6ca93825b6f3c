import { serveLines } from "../serve/serve_lines.ts";

/** What a contender of `deno task bench whisper` is asked: first to load, then to compute or to time. */
export type WhisperRequest =
  | {
    /** What it reads the encoder from, in base64: a safetensors file or an ONNX model. */
    readonly load: string;
    /** Frames [n, 80] of a spectrogram, float32 in base64. */
    readonly mel: string;
  }
  | {
    /** How many of the frames are heard. */
    readonly frames: number;
    /** True for the last layer too, false for the time alone. */
    readonly features: boolean;
  };

/** An encoder as a contender runs it: the last hidden state of a spectrogram [frames, 80]. */
export type WhisperRun = (
  mel: Float32Array,
  frames: number,
) => Promise<Float32Array> | Float32Array;

/** Serves `WhisperRequest`s with the encoder that `load` makes. */
export async function serveWhisper(
  load: (encoder: Uint8Array<ArrayBuffer>) => Promise<WhisperRun> | WhisperRun,
): Promise<void> {
  let run: WhisperRun | undefined;
  let mel = new Float32Array();
  await serveLines(async (request: WhisperRequest) => {
    if ("load" in request) {
      mel = new Float32Array(Uint8Array.fromBase64(request.mel).buffer);
      run = await load(Uint8Array.fromBase64(request.load));
      return {};
    }
    const { frames, features } = request;
    const start = performance.now();
    const last = await run!(mel.subarray(0, 80 * frames), frames);
    const ms = performance.now() - start;
    return features ? { ms, features: new Uint8Array(last.slice().buffer).toBase64() } : { ms };
  });
}
