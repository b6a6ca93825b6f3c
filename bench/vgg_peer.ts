import { serveLines } from "./serve/serve_lines.ts";

/** What a contender of `deno task bench vgg` is asked: first to load, then to compute or to time. */
export type VggRequest =
  | {
    /** What it reads its weights from: all kernels and biases, or an ONNX model; base64. */
    readonly load: string;
    /** Pictures [n, height, width, 3], as float32 in base64. */
    readonly frames: string;
    /** Their number, height and width. */
    readonly shape: readonly [n: number, height: number, width: number];
  }
  | {
    /** How many of the pictures go through in one pass. */
    readonly batch: number;
    /** True for the features, false for the time alone. */
    readonly features: boolean;
  };

/** A network as a contender runs it: features of the first `batch` pictures, in any order of its own. */
export type VggRun = (batch: number) => Promise<Float32Array> | Float32Array;

/** Serves `VggRequest`s with the network that `load` makes. */
export async function serveVgg(
  load: (
    weights: Uint8Array<ArrayBuffer>,
    frames: Float32Array,
    shape: readonly [number, number, number],
  ) => Promise<VggRun>,
): Promise<void> {
  let run: VggRun | undefined;
  await serveLines(async (request: VggRequest) => {
    if ("load" in request) {
      const frames = new Float32Array(Uint8Array.fromBase64(request.frames).buffer);
      run = await load(Uint8Array.fromBase64(request.load), frames, request.shape);
      return {};
    }
    const start = performance.now();
    const features = await run!(request.batch);
    const ms = performance.now() - start;
    if (!request.features) return { ms };
    const { buffer, byteOffset, byteLength } = features;
    const bytes = new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
    return { ms, features: bytes.toBase64() };
  });
}
