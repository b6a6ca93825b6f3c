import { fileURLToPath } from "node:url";
import { VGG16_LAYERS, vgg16FeatureSize } from "../models/vgg16_face.ts";
import { Random } from "../src/numeric/random.ts";
import { BenchError } from "./contender.ts";
import { type LineProcess, startLineProcess } from "./line_process.ts";
import { vggOnnxModel } from "./vgg_onnx.ts";
import type { VggRequest } from "./vgg_peer.ts";
import { median } from "./median.ts";
import { joinFloats } from "../src/numeric/join_floats.ts";

/** How {@linkcode benchVgg} measures. */
export interface VggBenchOptions {
  /** How many times each contender is measured, in turn with the others. Default: 15. */
  readonly rounds?: number;
}

/** One contender at one number of pictures a pass. */
export interface VggBenchRow {
  /** Its name. */
  readonly name: string;
  /** Pictures a pass. */
  readonly batch: number;
  /** Median time of one picture, in milliseconds. */
  readonly ms: number;
  /** Emofuse's time for the same work by this one's: the median of the rounds' own ratios. */
  readonly ratio: number;
  /** Floating-point operations of the direct convolution a second, in units of 10^9. */
  readonly gflops: number;
  /** The largest difference from the stock kernels' features, relative to the largest feature. */
  readonly difference: number;
}

/** The tutorial's frames. */
const HEIGHT = 128;
const WIDTH = 227;
/** Pictures of the larger pass. */
const BATCH = 8;
/** The largest difference from the stock kernels that passes, relative to the largest feature. */
const TOLERANCE = 1e-3;

const STOCK = "tfjs's own WASM kernels";
const NAMES = ["Emofuse", STOCK, "onnxruntime-web 1.22 (WASM)", "onnxruntime-node 1.22 (native)"];

interface Contender {
  readonly name: string;
  readonly process: LineProcess;
  readonly channelsLast: boolean;
}

/**
 * Times VGG16's convolutions on frames of 128 x 227 pixels, one and eight a pass, by Emofuse, the stock
 * kernels of tfjs and two builds of onnxruntime, each in a process of its own with one thread, with the same
 * random weights. First the features are compared; then all are measured in turn, so that what else the
 * machine does weighs on all.
 *
 * @throws {BenchError} If a contender does not start, or its features are not those of the others.
 */
export async function benchVgg({ rounds = 15 }: VggBenchOptions = {}): Promise<VggBenchRow[]> {
  const weights = randomWeights();
  const model = vggOnnxModel(weights);
  const contenders: Contender[] = [];
  try {
    for (const [i, name] of NAMES.entries()) {
      const onnx = i >= 2;
      const process = onnx
        ? deno(name, "onnxruntime/vgg_peer.ts", ["onnxruntime-web", "onnxruntime-node"][i - 2])
        : deno(name, "vgg_tfjs.ts", ["winograd", "stock"][i]);
      contenders.push({ name, process, channelsLast: !onnx });
      const request: VggRequest = {
        load: base64(onnx ? model : weights),
        frames: base64(randomFrames(BATCH)),
        shape: [BATCH, HEIGHT, WIDTH],
      };
      await process.ask(request);
    }
    const rows: VggBenchRow[] = [];
    for (const batch of [1, BATCH]) rows.push(...await measure(contenders, batch, rounds));
    return rows;
  } finally {
    for (const { process } of contenders) await process.close();
  }
}

async function measure(
  contenders: readonly Contender[],
  batch: number,
  rounds: number,
): Promise<VggBenchRow[]> {
  const features: Float32Array[] = [];
  for (const contender of contenders) features.push(await featuresOf(contender, batch));
  const expected = features[NAMES.indexOf(STOCK)];
  const differences = features.map((actual, i) => difference(NAMES[i], expected, actual));
  const times = contenders.map(() => [] as number[]);
  for (let round = 0; round < rounds; round++) {
    for (const [i, { process }] of contenders.entries()) {
      const request: VggRequest = { batch, features: false };
      times[i].push((await process.ask(request) as { ms: number }).ms / batch);
    }
  }
  return contenders.map(({ name }, i) => ({
    name,
    batch,
    ms: median(times[i]),
    ratio: median(times[i].map((ms, round) => times[0][round] / ms)),
    gflops: operations() / median(times[i]) / 1e6,
    difference: differences[i],
  }));
}

async function featuresOf(
  { name, process, channelsLast }: Contender,
  batch: number,
): Promise<Float32Array> {
  const request: VggRequest = { batch, features: true };
  const answer = await process.ask(request) as { features: string };
  const data = new Float32Array(Uint8Array.fromBase64(answer.features).buffer);
  const size = vgg16FeatureSize(HEIGHT, WIDTH);
  if (data.length !== batch * size) {
    throw new BenchError(`${name} gives ${data.length} features, not ${batch * size}`);
  }
  if (channelsLast) return data;
  const pixels = size / 512;
  return data.map((_, i) => {
    const picture = Math.floor(i / size);
    const pixel = Math.floor(i % size / 512);
    return data[picture * size + i % 512 * pixels + pixel];
  });
}

/** The largest difference of two arrays, relative to the largest value. */
function difference(name: string, expected: Float32Array, actual: Float32Array): number {
  let largest = 0;
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    largest = Math.max(largest, Math.abs(expected[i]));
    worst = Math.max(worst, Math.abs(expected[i] - actual[i]));
  }
  if (!(worst <= TOLERANCE * largest)) {
    throw new BenchError(
      `${name} differs by ${worst / largest} of the largest feature: at most ${TOLERANCE} passes`,
    );
  }
  return worst / largest;
}

/** Starts a script of this folder with the configuration of the folder it is in. */
function deno(name: string, script: string, argument: string): LineProcess {
  const path = (url: string) => fileURLToPath(new URL(url, import.meta.url));
  const config = path(script.includes("/") ? "onnxruntime/deno.json" : "../deno.json");
  return startLineProcess(name, Deno.execPath(), {
    args: ["run", "-q", "-A", "--config", config, path(script), argument],
  });
}

/** Kernel and bias of every layer, one after the other: He-normal kernels, small biases. */
function randomWeights(): Float32Array<ArrayBuffer> {
  const random = new Random(1);
  const parts = VGG16_LAYERS.flatMap(({ inputs, outputs }) => {
    const deviation = Math.sqrt(2 / (9 * inputs));
    const kernel = new Float32Array(9 * inputs * outputs);
    for (let i = 0; i < kernel.length; i++) kernel[i] = deviation * random.normal();
    return [kernel, new Float32Array(outputs).map(() => 0.1 * random.normal())];
  });
  return joinFloats(parts);
}

function randomFrames(n: number): Float32Array<ArrayBuffer> {
  const random = new Random(2);
  return new Float32Array(n * HEIGHT * WIDTH * 3).map(() => random.int(256) - 110);
}

/** Multiplications and additions of the direct convolutions of one picture. */
function operations(): number {
  let height = HEIGHT;
  let width = WIDTH;
  let sum = 0;
  for (const { inputs, outputs, pooled } of VGG16_LAYERS) {
    sum += 2 * 9 * inputs * outputs * height * width;
    if (pooled) [height, width] = [height >> 1, width >> 1];
  }
  return sum;
}

function base64({ buffer, byteOffset, byteLength }: ArrayBufferView<ArrayBuffer>): string {
  return new Uint8Array(buffer, byteOffset, byteLength).toBase64();
}
